import { CpuListError, formatCpuList, parseCpuList } from '../placement/cpu-list.ts';

export interface Config {
  readonly project: string;
  readonly service: string;
  /** The cores replicas may have, when not all that are available; null for all. */
  readonly cores: readonly number[] | null;
  readonly allowUnpinned: boolean;
  /** Longest time between two passes, in milliseconds. */
  readonly resyncMs: number;
  readonly dockerSocket: string;
}

/** Where the gate's volume stands in the pinner's container. */
const DEFAULT_DOCKER_SOCKET = '/run/percore/gate/docker.sock';
/** A UNIX socket's path has 108 bytes with its ending zero: unix(7). */
const MAX_SOCKET_PATH = 107;

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** A line for each wrong variable. */
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/**
 * Reads the whole configuration.
 * @param available the cores containers can get, against which PERCORE_CORES is checked.
 * @throws ConfigError with a line for every fault, so that all can be mended in one go.
 */
export function readConfig(
  available: readonly number[],
  // biome-ignore lint/style/noProcessEnv: the one place configuration is read
  env: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const faults: string[] = [];
  /** Compose passes an unset variable on as an empty one, so the two mean the same. */
  const read = (name: string, fallback: string) => env[name] || fallback;
  const check = (right: boolean, name: string, rule: string, fix: string) => {
    if (!right) faults.push(`${name} ${rule}, but is ${JSON.stringify(env[name] ?? '')}: ${fix}.`);
  };

  const project = read('PERCORE_PROJECT', '');
  check(
    /^[a-z0-9][a-z0-9_-]*$/.test(project),
    'PERCORE_PROJECT',
    "must be the Compose project's name (small letters, digits, - and _)",
    `set it to \${COMPOSE_PROJECT_NAME} in the Compose file`,
  );
  const service = read('PERCORE_SERVICE', 'app');
  check(
    /^[a-zA-Z0-9._-]+$/.test(service),
    'PERCORE_SERVICE',
    'must be the name of a service in the Compose file',
    'leave it out for "app"',
  );
  const unpinned = read('PERCORE_ALLOW_UNPINNED', 'false');
  check(
    unpinned === 'true' || unpinned === 'false',
    'PERCORE_ALLOW_UNPINNED',
    'must be true or false',
    'leave it out for false',
  );
  const seconds = read('PERCORE_RESYNC_SECONDS', '5');
  check(
    /^\d{1,4}$/.test(seconds) && Number(seconds) >= 1 && Number(seconds) <= 3600,
    'PERCORE_RESYNC_SECONDS',
    'must be a whole number of seconds from 1 to 3600',
    'leave it out for 5',
  );
  const dockerSocket = read('PERCORE_DOCKER_SOCKET', DEFAULT_DOCKER_SOCKET);
  check(
    dockerSocket.startsWith('/') && Buffer.byteLength(dockerSocket) <= MAX_SOCKET_PATH,
    'PERCORE_DOCKER_SOCKET',
    `must be an absolute path of at most ${MAX_SOCKET_PATH} bytes`,
    `leave it out for ${DEFAULT_DOCKER_SOCKET}`,
  );
  const cores = readCores(read('PERCORE_CORES', ''), available, faults);

  if (faults.length > 0) throw new ConfigError(faults);
  const allowUnpinned = unpinned === 'true';
  return { project, service, cores, allowUnpinned, resyncMs: Number(seconds) * 1000, dockerSocket };
}

function readCores(text: string, available: readonly number[], faults: string[]): readonly number[] | null {
  if (text === '') return null;
  try {
    const cores = parseCpuList(text, 'PERCORE_CORES');
    const missing = cores.filter((core) => !available.includes(core));
    if (missing.length === 0) return cores;
    const has = formatCpuList(available);
    faults.push(
      `PERCORE_CORES must name cores that containers can get here (${has}), but "${text}" ` +
        `has ${formatCpuList(missing)}: take it out, or leave the variable empty for all of them.`,
    );
  } catch (error) {
    if (!(error instanceof CpuListError)) throw error;
    faults.push(error.message);
  }
  return null;
}
