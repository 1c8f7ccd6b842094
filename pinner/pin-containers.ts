import type { DockerClient } from './docker/docker-client.ts';
import { messageOf } from './docker/docker-error.ts';
import type { Observed } from './observe.ts';

export interface Attempt {
  /** What Docker had against it, in words; null when it accepted without a warning. */
  readonly fault: string | null;
  readonly key: string;
  readonly at: number;
}

/** The latest attempt for each container. */
export type Attempts = Map<string, Attempt>;

/**
 * Asks Docker to set the CPU lists. One that had no effect is asked for again only when `retryMs` have passed: each
 * update is an event, and an event is a pass, which would turn an ignored list into an endless loop.
 * @returns the containers that were updated now.
 */
export async function pinContainers(
  docker: DockerClient,
  targets: readonly { readonly observed: Observed; readonly core: number }[],
  attempts: Attempts,
  retryMs: number,
  now: number,
): Promise<string[]> {
  const due = targets.filter(({ observed, core }) => {
    const last = attempts.get(observed.container);
    return last?.key !== keyOf(observed, core) || now - last.at >= retryMs;
  });
  await Promise.all(
    due.map(async ({ observed, core }) => {
      let fault: string | null;
      try {
        const warnings = await docker.updateCpuset(observed.container, String(core));
        fault = warnings.length > 0 ? `Docker warned: ${warnings.join('; ')}` : null;
      } catch (error) {
        fault = messageOf(error);
      }
      attempts.set(observed.container, { fault, key: keyOf(observed, core), at: now });
    }),
  );
  return due.map(({ observed }) => observed.container);
}

/** This life of the container, and this core. */
function keyOf({ startTicks }: Observed, core: number): string {
  return `${startTicks} ${core}`;
}
