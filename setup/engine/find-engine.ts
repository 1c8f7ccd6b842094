import { run, tryRun } from '../run-command.ts';
import { isComposeNewEnough } from './compose-version.ts';

/** A Docker engine that answers, with Compose. */
export interface Engine {
  readonly version: string;
  readonly compose: string;
  /** The CPUs of the engine's machine, which need not be this one. */
  readonly cpus: number;
  /** As `uname -m` says it on the engine's machine. */
  readonly architecture: string;
}

export type Found =
  | { readonly state: 'ready'; readonly engine: Engine }
  | { readonly state: 'no client' }
  /** `endpoint` is the engine's address; `reason` what the client says of it. */
  | { readonly state: 'silent'; readonly endpoint: string; readonly reason: string }
  /** `found` is the version of the Compose that is too old; null when there is none. */
  | { readonly state: 'no compose'; readonly found: string | null };

/** Milliseconds that an engine may take to answer: one at the other end of an SSH connection needs some. */
const ANSWER_TIMEOUT = 20_000;

interface Info {
  readonly ServerVersion?: string;
  readonly NCPU?: number;
  readonly Architecture?: string;
  readonly ServerErrors?: readonly string[];
}

/** Looks for the engine that the Docker client would use: DOCKER_HOST and contexts count. */
export async function findEngine(): Promise<Found> {
  if ((await tryRun('docker', ['--version'])) === null) return { state: 'no client' };
  const info = await readInfo();
  if (!info.ServerVersion) {
    const reason = info.ServerErrors?.join(' ') ?? 'it gave no answer';
    return { state: 'silent', endpoint: await readEndpoint(), reason };
  }
  const compose = (await tryRun('docker', ['compose', 'version', '--short']))?.trim() ?? null;
  if (compose === null || !isComposeNewEnough(compose)) return { state: 'no compose', found: compose };
  const { ServerVersion: version, NCPU: cpus = 1, Architecture: architecture = '' } = info;
  return { state: 'ready', engine: { version, compose, cpus, architecture } };
}

async function readInfo(): Promise<Info> {
  // A client without an engine exits with 1 and still prints what it knows.
  const script = 'docker info --format "{{json .}}" || true';
  try {
    return JSON.parse(await run('sh', ['-c', script], { timeout: ANSWER_TIMEOUT })) as Info;
  } catch (error) {
    return { ServerErrors: [(error as Error).message] };
  }
}

async function readEndpoint(): Promise<string> {
  const endpoint = await tryRun('docker', ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}']);
  return endpoint?.trim() || 'unix:///var/run/docker.sock';
}
