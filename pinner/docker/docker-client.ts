import type { IncomingMessage } from 'node:http';
import { type Call, callDocker, openStream, type Reply } from './call-docker.ts';
import { DockerError } from './docker-error.ts';
import { inspectReply, listReply, readReply, updateReply } from './replies.ts';

export interface ListedContainer {
  readonly id: string;
  /** As `InspectedContainer.status`. */
  readonly status: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface InspectedContainer {
  readonly id: string;
  /** Docker's word for it: created, running, restarting, exited, paused, removing, dead. */
  readonly status: string;
  /** A process runs in it now. */
  readonly running: boolean;
  readonly pid: number;
  readonly startedAt: string | null;
  readonly cpuset: string;
}

export interface DockerClient {
  /** Containers in any state whose labels include all of these. */
  list(labels: Readonly<Record<string, string>>): Promise<ListedContainer[]>;
  /** Null when it does not exist any more. */
  inspect(id: string): Promise<InspectedContainer | null>;
  /** Sets a container's CPU list. @returns Docker's warnings. */
  updateCpuset(id: string, cpus: string): Promise<string[]>;
  /** The endless reply that has a line for every one of these events of the containers with these labels. */
  events(labels: Readonly<Record<string, string>>, kinds: readonly string[]): Promise<IncomingMessage>;
}

/**
 * The newest API version that is spoken here. Engine 29 answers nothing older than 1.44 and engine 24 nothing newer
 * than 1.43, so no one fixed version serves both; paths without a version are deprecated.
 */
const SPOKEN_MINOR = 44;
const READ_MS = 5_000;
/** An update waits for the container's lock, which a start or a stop may hold for a while. */
const UPDATE_MS = 15_000;
/** Docker's zero time: never started. */
const NEVER = '0001-01-01T00:00:00Z';

/** @param signal ends every call that is under way. */
export function connectDocker(socketPath: string, signal: AbortSignal, readMs = READ_MS): DockerClient {
  let version: Promise<string> | null = null;

  const send = async <T>(
    call: Pick<Call, 'method' | 'path' | 'body'>,
    how: (call: Call) => Promise<T>,
    timeoutMs = readMs,
  ) => {
    version ??= negotiate(socketPath, signal, readMs);
    try {
      const path = `/${await version}${call.path}`;
      return await how({ ...call, path, socketPath, signal, timeoutMs });
    } catch (error) {
      // The engine may be another one after a failure: it is asked again.
      if (!(error instanceof DockerError) || error.status !== 404) version = null;
      throw error;
    }
  };

  return {
    async list(labels) {
      const query = `all=1&filters=${filtersOf({ label: pairsOf(labels) })}`;
      const { text } = await send<Reply>({ method: 'GET', path: `/containers/json?${query}` }, callDocker);
      const found = readReply(listReply, text, 'the list of containers');
      return found.map(({ Id, State, Labels }) => ({ id: Id, status: State, labels: Labels ?? {} }));
    },

    async inspect(id) {
      let text: string;
      try {
        ({ text } = await send<Reply>({ method: 'GET', path: `/containers/${id}/json` }, callDocker));
      } catch (error) {
        if (error instanceof DockerError && error.status === 404) return null;
        throw error;
      }
      const { Id, State, HostConfig } = readReply(inspectReply, text, `the inspection of ${id.slice(0, 12)}`);
      return {
        id: Id,
        status: State.Dead ? 'dead' : State.Status,
        // Docker calls a container that waits for its restart running, with a PID of 0.
        running: State.Running && !State.Restarting && State.Pid > 0,
        pid: State.Pid,
        startedAt: State.StartedAt === NEVER ? null : State.StartedAt,
        cpuset: HostConfig.CpusetCpus,
      };
    },

    async updateCpuset(id, cpus) {
      const call = { method: 'POST', path: `/containers/${id}/update`, body: { CpusetCpus: cpus } } as const;
      const { text } = await send<Reply>(call, callDocker, UPDATE_MS);
      return readReply(updateReply, text, `the update of ${id.slice(0, 12)}`).Warnings ?? [];
    },

    events(labels, kinds) {
      const filters = filtersOf({ type: ['container'], label: pairsOf(labels), event: [...kinds] });
      return send({ method: 'GET', path: `/events?filters=${filters}` }, openStream);
    },
  };
}

/** Asks the engine for its version on the one path that every client asks without a version. */
async function negotiate(socketPath: string, signal: AbortSignal, timeoutMs: number): Promise<string> {
  const { headers } = await callDocker({ socketPath, method: 'GET', path: '/_ping', timeoutMs, signal });
  const minor = /^1\.(\d{1,3})$/.exec(String(headers['api-version']))?.[1];
  if (minor === undefined) {
    throw new DockerError(`What answers at ${socketPath} is not a Docker engine: it gives no API version`);
  }
  return `v1.${Math.min(Number(minor), SPOKEN_MINOR)}`;
}

function pairsOf(labels: Readonly<Record<string, string>>): string[] {
  return Object.entries(labels).map(([name, value]) => `${name}=${value}`);
}

function filtersOf(filters: Readonly<Record<string, readonly string[]>>): string {
  return encodeURIComponent(JSON.stringify(filters));
}
