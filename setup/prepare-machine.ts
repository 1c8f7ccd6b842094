import { chooseBaseImages } from './base-images/choose-base-images.ts';
import { type Config, readConfig } from './config.ts';
import { ensureEngine } from './engine/ensure-engine.ts';
import type { Engine } from './engine/find-engine.ts';
import { showDone } from './progress.ts';
import { buildImages } from './stack/build-images.ts';

export interface Prepared {
  readonly config: Config;
  readonly engine: Engine;
}

/**
 * Makes this machine ready to start the stack: an engine that answers, the base images and the images of the stack.
 * @param wanted whether the image for k6 is to be there too.
 * @throws SetupError when something lacks that cannot be made; its message says what to do.
 */
export async function prepareMachine(wanted: { readonly k6: boolean }): Promise<Prepared> {
  const prepared = await prepareBase(wanted);
  await buildImages();
  return prepared;
}

/** As `prepareMachine`, without building the images of the stack. */
export async function prepareBase(wanted: { readonly k6: boolean }): Promise<Prepared> {
  const config = readConfig();
  const engine = await ensureEngine(config);
  const cpus = engine.cpus === 1 ? '1 CPU' : `${engine.cpus} CPUs`;
  showDone(`Docker ${engine.version} with Compose ${engine.compose}, ${cpus}`);
  await chooseBaseImages(wanted.k6 ? ['node', 'nginx', 'k6'] : ['node', 'nginx'], config, engine);
  return { config, engine };
}
