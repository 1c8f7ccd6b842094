import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type Config, ROOT } from '../config.ts';
import type { Engine } from '../engine/find-engine.ts';
import { showStep } from '../progress.ts';
import { replaceFile } from '../replace-file.ts';
import { type BaseImage, EQUIVALENT, IMAGE_VARIABLES, OFFICIAL } from './image-names.ts';
import { makeEquivalents } from './make-equivalents.ts';
import { readOwnBlock, writeOwnBlock } from './own-env-block.ts';
import { isPresent, pullImage } from './pull-image.ts';
import { isMadeBy, recipeOf } from './recipe.ts';

const DOT_ENV = path.join(ROOT, '.env');

/**
 * Gets the base images: the user's choice, else an equivalent built here before, else the official one, and where that
 * cannot be had, an equivalent built now. `.env` tells Compose of equivalents.
 * @throws SetupError when an image can neither be pulled nor built.
 */
export async function chooseBaseImages(
  kinds: readonly BaseImage[],
  config: Config,
  engine: Engine,
): Promise<void> {
  const written = readOwnBlock(readDotEnv());
  const open = kinds.filter((kind) => config.images[kind] === undefined);
  const equivalents = new Set<BaseImage>();
  const missing: BaseImage[] = [];
  for (const kind of open) {
    const isOurs = written[IMAGE_VARIABLES[kind]] === EQUIVALENT[kind];
    if (isOurs && (await isMadeBy(recipeOf(kind, config.certificates), EQUIVALENT[kind])))
      equivalents.add(kind);
    else if (!(await isPresent(OFFICIAL[kind]))) missing.push(kind);
  }
  if (missing.length > 0) {
    const refused = await pullAll(missing);
    const stale: BaseImage[] = [];
    for (const kind of refused) {
      equivalents.add(kind);
      if (!(await isMadeBy(recipeOf(kind, config.certificates), EQUIVALENT[kind]))) stale.push(kind);
    }
    if (stale.length > 0) await makeEquivalents(stale, config, engine);
  }
  const names = Object.keys(IMAGE_VARIABLES) as BaseImage[];
  const kept = names.filter((kind) => !kinds.includes(kind) && written[IMAGE_VARIABLES[kind]] !== undefined);
  const block = names.filter((kind) => equivalents.has(kind) || kept.includes(kind));
  writeDotEnv(Object.fromEntries(block.map((kind) => [IMAGE_VARIABLES[kind], EQUIVALENT[kind]])));
}

/** Pulls one after the other; once one cannot be had, the registry is not asked again. */
async function pullAll(kinds: readonly BaseImage[]): Promise<readonly BaseImage[]> {
  return await showStep('Pull the base images', async (step) => {
    for (const [index, kind] of kinds.entries()) {
      const problem = await pullImage(OFFICIAL[kind], step);
      if (problem === null) continue;
      const names = kinds.slice(index).map((each) => EQUIVALENT[each]);
      step.result(`${OFFICIAL[kind]} cannot be pulled (${problem}); to stand in: ${names.join(', ')}`);
      return kinds.slice(index);
    }
    return [];
  });
}

function readDotEnv(): string {
  return existsSync(DOT_ENV) ? readFileSync(DOT_ENV, 'utf8') : '';
}

function writeDotEnv(variables: Record<string, string>): void {
  const before = readDotEnv();
  const after = writeOwnBlock(before, variables);
  if (after === before) return;
  if (after === '') rmSync(DOT_ENV);
  else replaceFile(DOT_ENV, after);
}
