import type { DockerClient } from './docker/docker-client.ts';
import { DockerError } from './docker/docker-error.ts';
import { type Observed, observe, type ReadProcess } from './observe.ts';
import type { Member } from './read-members.ts';

/** A container about which Docker gave no answer. */
export interface Silent extends Member {
  readonly reason: string;
}

export interface Sight {
  readonly seen: readonly Observed[];
  readonly silent: readonly Silent[];
}

/**
 * Looks at all of these containers at the same time. Docker holds a container's lock while it starts or stops it,
 * and answers nothing about it until then; now and then one stays locked for good. Nobody else may suffer from that.
 * @throws DockerError when there is an answer about none.
 */
export async function observeAll(
  docker: DockerClient,
  readProcess: ReadProcess,
  members: readonly Member[],
): Promise<Sight> {
  const seen: Observed[] = [];
  const silent: Silent[] = [];
  let last: DockerError | null = null;
  await Promise.all(
    members.map(async (member) => {
      try {
        const observed = await observe(docker, readProcess, member);
        if (observed) seen.push(observed);
      } catch (error) {
        if (!(error instanceof DockerError)) throw error;
        last = error;
        silent.push({ ...member, reason: error.message });
      }
    }),
  );
  if (last && silent.length === members.length) throw last;
  return { seen, silent };
}
