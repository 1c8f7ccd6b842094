import { execa } from 'execa';
import { programEnvironment, tryRun } from '../run-command.ts';
import { isComposeNewEnough } from './versions.ts';

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
    const reason =
      info.ServerErrors?.join(' ').replace(/\.?( Is the docker daemon running\?)?\s*$/, '') ||
      'it says nothing';
    return { state: 'silent', endpoint: await readEndpoint(), reason };
  }
  const compose = (await tryRun('docker', ['compose', 'version', '--short']))?.trim() ?? null;
  if (compose === null || !isComposeNewEnough(compose)) return { state: 'no compose', found: compose };
  const { ServerVersion: version, NCPU: cpus = 1, Architecture: architecture = '' } = info;
  return { state: 'ready', engine: { version, compose, cpus, architecture } };
}

async function readInfo(): Promise<Info> {
  const { stdout, stderr, timedOut } = await execa('docker', ['info', '--format', '{{json .}}'], {
    env: programEnvironment(),
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: ANSWER_TIMEOUT,
  });
  const reason = timedOut ? `nothing within ${ANSWER_TIMEOUT / 1000} s` : stderr.trim().split('\n').at(-1);
  try {
    // A client without an engine fails, and still prints what it knows.
    const info = JSON.parse(stdout) as Info;
    return { ...info, ServerErrors: info.ServerErrors ?? (reason ? [reason] : []) };
  } catch {
    return { ServerErrors: reason ? [reason] : [] };
  }
}

async function readEndpoint(): Promise<string> {
  const endpoint = await tryRun('docker', ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}']);
  return endpoint?.trim() || 'unix:///var/run/docker.sock';
}
