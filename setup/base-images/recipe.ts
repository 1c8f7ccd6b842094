import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../config.ts';
import { tryRun } from '../run-command.ts';
import { SetupError } from '../setup-error.ts';
import type { BaseImage } from './image-names.ts';

/** Says what an image was built from; another recipe is another image. */
export const RECIPE_LABEL = 'percore.recipe';

/** To be raised when a build changes in a way that the rest of its recipe does not show. */
const REVISION = 1;

export const NODE_SUITE = 'trixie';
/** The first Debian with Nginx 1.30. */
export const NGINX_SUITE = 'forky';
export const NPM_VERSION = '11.21.2';
export const K6_VERSION = '1.8.1';

/** Node's program from the npm package `node`: the one that runs this. */
export const NODE_PROGRAM = path.join(ROOT, 'node_modules/node/bin/node');

/** The recipe of an equivalent on this machine. */
export function recipeOf(image: BaseImage, certificates: string | null): string {
  if (image === 'nginx') return `${REVISION} nginx ${NGINX_SUITE}`;
  const trusts = certificates === null ? 'none' : digest(certificates);
  if (image === 'k6') return `${REVISION} k6 ${K6_VERSION} certificates ${trusts}`;
  return `${REVISION} node ${readNodeVersion()} npm ${NPM_VERSION} ${NODE_SUITE} certificates ${trusts}`;
}

/** Whether the engine has the image, made by this recipe. */
export async function isMadeBy(recipe: string, image: string): Promise<boolean> {
  const format = `{{index .Config.Labels "${RECIPE_LABEL}"}}`;
  return (await tryRun('docker', ['image', 'inspect', '--format', format, image]))?.trim() === recipe;
}

function readNodeVersion(): string {
  const file = path.join(ROOT, 'node_modules/node/package.json');
  if (!existsSync(file) || !existsSync(NODE_PROGRAM)) {
    throw new SetupError('The npm package "node" is not installed: run "npm ci".');
  }
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function digest(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12);
}
