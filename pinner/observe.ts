import type { DockerClient } from './docker/docker-client.ts';
import { messageOf } from './docker/docker-error.ts';
import type { ProcessFacts } from './machine/read-process.ts';

import type { Member } from './read-members.ts';

export interface Observed {
  readonly container: string;
  readonly replica: number;
  /** `created` has never run; `down` has. */
  readonly status: 'created' | 'running' | 'down';
  readonly running: boolean;
  /** Null when it does not run, and so are the next two. */
  readonly pid: number | null;
  readonly startTicks: number | null;
  readonly allowed: string | null;
  readonly startedAt: string | null;
  readonly cpuset: string;
  /** Why the kernel could not be asked about a running process; null when it could. */
  readonly unreadable: string | null;
}

export type ReadProcess = (pid: number) => ProcessFacts | null;

/**
 * Looks at one container: what Docker says, then what the kernel says of the process that Docker names.
 * @returns null when it is gone or going.
 * @throws DockerError
 */
export async function observe(
  docker: DockerClient,
  readProcess: ReadProcess,
  { container, replica }: Pick<Member, 'container' | 'replica'>,
): Promise<Observed | null> {
  let unreadable: string | null = null;
  for (let look = 1; ; look++) {
    const found = await docker.inspect(container);
    if (!found || found.status === 'removing' || found.status === 'dead') return null;
    const { cpuset, startedAt, pid } = found;
    const base = { container, replica, cpuset, startedAt, unreadable };
    const status = found.status === 'created' ? 'created' : 'down';
    const absent = { ...base, status, running: false, pid: null, startTicks: null, allowed: null } as const;
    if (!found.running) return { ...absent, unreadable: null };
    try {
      const facts = readProcess(pid);
      if (facts) return { ...base, status: 'running', running: true, pid, ...facts, unreadable: null };
      unreadable = `there is no /proc/${pid}`;
    } catch (error) {
      unreadable = messageOf(error);
    }
    // It may have ended since Docker was asked: a second look tells that from a /proc which shows other processes.
    if (look === 2) return { ...absent, status: 'running', running: true, unreadable };
  }
}
