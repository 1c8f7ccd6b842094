import { run } from '../../setup/run-command.ts';
import { SESSION, SESSION_LABEL, stopped } from '../session.ts';

export interface Container {
  readonly image: string;
  readonly cpus: string;
  /** Options of `docker run` beside those that every container here has. */
  readonly options?: readonly string[];
  readonly command?: readonly string[];
}

let count = 0;

function argumentsOf({ image, cpus, options = [], command = [] }: Container): string[] {
  count += 1;
  const own = [
    '--name',
    `${SESSION}-${count}`,
    '--label',
    `${SESSION_LABEL}=${process.pid}`,
    '--cpuset-cpus',
    cpus,
  ];
  return [...own, ...options, image, ...command];
}

/**
 * Starts a container that runs until it is removed. @returns its id
 * @throws SetupError when it does not start
 */
export async function startContainer(container: Container): Promise<string> {
  stopped.throwIfAborted();
  return (await run('docker', ['run', '--detach', ...argumentsOf(container)])).trim();
}

/**
 * Runs a container to its end. @returns what it wrote to stdout
 * @throws SetupError when it fails
 */
export async function runContainer(
  container: Container,
  options: Parameters<typeof run>[2] = {},
): Promise<string> {
  stopped.throwIfAborted();
  const output = await run('docker', ['run', '--rm', ...argumentsOf(container)], options);
  stopped.throwIfAborted();
  return output;
}
