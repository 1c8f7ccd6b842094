import { type DebianMachine, readDebianMachine, readMirror } from '../apt/debian-machine.ts';
import { installWithConsent } from '../apt/install-with-consent.ts';
import type { Config } from '../config.ts';
import type { Engine } from '../engine/find-engine.ts';
import { type Step, showStep } from '../progress.ts';
import { tryRun } from '../run-command.ts';
import { SetupError } from '../setup-error.ts';
import { type BaseImage, EQUIVALENT, OFFICIAL } from './image-names.ts';
import { makeK6Image } from './make-k6-image.ts';
import { makeNginxImage } from './make-nginx-image.ts';
import { makeNodeImage } from './make-node-image.ts';
import { recipeOf } from './recipe.ts';

const MACHINE_NAMES: Partial<Record<NodeJS.Architecture, string>> = { x64: 'x86_64', arm64: 'aarch64' };

/**
 * Builds equivalents of official images from Debian's, npm's and Go's packages, those of Debian side by side.
 * @throws SetupError when this is not a Debian machine of the engine's own kind, or a build fails.
 */
export async function makeEquivalents(
  kinds: readonly BaseImage[],
  config: Config,
  engine: Engine,
): Promise<void> {
  const fromDebian = kinds.filter((kind) => kind !== 'k6');
  const mirror = fromDebian.length === 0 ? null : await prepareDebianTools(fromDebian, config, engine);
  if (kinds.includes('k6') && (await tryRun('go', ['version'])) === null) await installGo(config);
  const names = kinds.map((kind) => EQUIVALENT[kind]).join(', ');
  await showStep(`Build ${names} from packages`, async (step) => {
    await Promise.all(kinds.map((kind) => makeOne(kind, config, mirror, step)));
  });
}

async function makeOne(
  kind: BaseImage,
  config: Config,
  mirror: ReturnType<typeof readMirror> | null,
  step: Step,
): Promise<void> {
  const { certificates } = config;
  const [tag, recipe] = [EQUIVALENT[kind], recipeOf(kind, certificates)];
  if (kind === 'k6') await makeK6Image(tag, recipe, certificates, step);
  else if (mirror === null) throw new Error('a Debian image needs a mirror');
  else if (kind === 'node') await makeNodeImage(tag, recipe, certificates, mirror);
  else await makeNginxImage(tag, recipe, mirror);
  step.say(`${tag} is made`);
}

async function prepareDebianTools(kinds: readonly BaseImage[], config: Config, engine: Engine) {
  const system = readDebianMachine();
  const official = kinds.map((kind) => OFFICIAL[kind]).join(', ');
  if (system?.id !== 'debian') {
    throw new SetupError(
      `${official} cannot be pulled, and can be rebuilt on Debian only: give the engine a registry that has them, ` +
        'or "docker load" them.',
    );
  }
  if (engine.architecture !== MACHINE_NAMES[process.arch]) {
    throw new SetupError(
      `${official} cannot be pulled, and can only be rebuilt on a machine like the engine's: that is ` +
        `${engine.architecture}, and this is ${process.arch}.`,
    );
  }
  const mirror = readMirror(system);
  if ((await tryRun('mmdebstrap', ['--version'])) === null) await installMmdebstrap(config);
  return mirror;
}

async function installMmdebstrap(config: Config): Promise<void> {
  const purpose = 'mmdebstrap, to build the base images that no registry gives';
  const wish = () => ({ packages: ['mmdebstrap'], release: null, purpose });
  await installWithConsent(config, wish, {
    lacking:
      'No image registry answers, and mmdebstrap, which builds the base images instead, was not found.',
    remedy: 'Install mmdebstrap, or give the engine a registry.',
  });
}

async function installGo(config: Config): Promise<void> {
  const wish = (system: DebianMachine) => ({
    packages: ['golang-go', 'golang-src'],
    release: system.id === 'debian' && system.major !== null && system.major < 13 ? 'trixie' : null,
    purpose: 'Go, to build the k6 that no registry gives',
  });
  await installWithConsent(config, wish, {
    lacking: 'No image registry answers, and Go, which builds k6 instead, was not found.',
    remedy: 'Install Go, or give the engine a registry.',
  });
}
