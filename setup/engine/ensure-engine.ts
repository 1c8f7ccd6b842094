import { installWithConsent } from '../apt/install-with-consent.ts';
import type { Config } from '../config.ts';
import { showStep } from '../progress.ts';
import { SetupError } from '../setup-error.ts';
import { type Engine, type Found, findEngine } from './find-engine.ts';
import { type Lack, planEnginePackages } from './plan-engine-packages.ts';
import { findDaemon, startEngine } from './start-engine.ts';
import { isEngineNewEnough, OLDEST_COMPOSE, OLDEST_ENGINE } from './versions.ts';

const LOCAL = /^unix:\/\/(\/var)?\/run\/docker\.sock$/;
const COMPOSE = `Docker Compose ${OLDEST_COMPOSE.join('.')} or newer`;

/**
 * A Docker engine with Compose: the one that is there, or else one that is installed and started.
 * @throws SetupError when there is none and none can be made.
 */
export async function ensureEngine(config: Config): Promise<Engine> {
  let found = await findEngine();
  if (found.state === 'silent') refuseForeign(found.endpoint, found.reason);
  if (found.state === 'no client' || (found.state === 'silent' && findDaemon() === null)) {
    await install(config, found.state === 'no client' && findDaemon() !== null ? 'client' : 'engine');
    found = await findEngine();
  }
  if (found.state === 'silent') {
    await start();
    found = await findEngine();
  }
  if (found.state === 'no compose') {
    await install(config, 'compose');
    found = await findEngine();
  }
  if (found.state === 'ready') return requireNewEnough(found.engine);
  throw new SetupError(`Docker is still not usable after it was set up: ${describe(found)}.`);
}

function requireNewEnough(engine: Engine): Engine {
  if (isEngineNewEnough(engine.version)) return engine;
  throw new SetupError(
    `The Docker engine must be ${OLDEST_ENGINE} or newer, and is ${engine.version}: upgrade it (https://docs.docker.com/engine/install/).`,
  );
}

function refuseForeign(endpoint: string, reason: string): void {
  if (!LOCAL.test(endpoint)) {
    throw new SetupError(
      `The Docker engine at ${endpoint} does not answer (${reason}): start it, or choose another one with ` +
        '"docker context use" or DOCKER_HOST.',
    );
  }
  if (/permission denied/i.test(reason)) {
    throw new SetupError(
      `This user may not use the Docker engine at ${endpoint}: run the command as root, or join the group "docker".`,
    );
  }
}

async function install(config: Config, lack: Lack): Promise<void> {
  const lacking = {
    engine: 'No Docker engine was found.',
    client: 'The Docker client was not found on the PATH.',
    compose: `${COMPOSE} was not found.`,
  }[lack];
  const remedy = `Install a Docker engine with ${COMPOSE} (https://docs.docker.com/engine/install/) and try again.`;
  await installWithConsent(config, (system) => planEnginePackages(system, lack), { lacking, remedy });
}

async function start(): Promise<void> {
  const daemon = findDaemon();
  if (daemon === null)
    throw new SetupError('The Docker engine was installed and its program dockerd is missing.');
  if (process.geteuid?.() !== 0) {
    throw new SetupError(
      'The Docker engine does not run, and only root can start it: sudo systemctl start docker',
    );
  }
  await showStep('Start the Docker engine', (step) => startEngine(daemon, step));
}

function describe(found: Exclude<Found, { state: 'ready' }>): string {
  if (found.state === 'silent') return `the engine at ${found.endpoint} does not answer (${found.reason})`;
  if (found.state === 'no compose') return `${COMPOSE} is needed, and there is ${found.found ?? 'none'}`;
  return 'the client is not on the PATH';
}
