import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { messageOf } from './docker-error.ts';

export interface EventWatch {
  /** Opens the stream of events. */
  readonly open: () => Promise<IncomingMessage>;
  /** Called at every event, and whenever a stream opens: what happened before it is told by no event. */
  readonly changed: () => void;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly firstDelayMs?: number;
  readonly lastDelayMs?: number;
}

/**
 * Follows Docker's events until the signal, through every end of the stream. What an event says is not read: each
 * one means "look again", so none can mislead and a malformed one does no harm.
 */
export async function watchEvents(watch: EventWatch): Promise<void> {
  const { changed, log, signal, firstDelayMs = 200, lastDelayMs = 5_000 } = watch;
  let delay = firstDelayMs;
  let trouble = '';
  while (!signal.aborted) {
    let openedAt = Number.POSITIVE_INFINITY;
    let fault: string;
    try {
      const stream = await watch.open();
      openedAt = performance.now();
      if (trouble) log('info', "Docker's events are followed again.");
      trouble = '';
      stream.on('data', changed);
      changed();
      await once(stream, 'end', { signal });
      fault = 'the stream ended';
    } catch (error) {
      fault = messageOf(error);
    }
    if (signal.aborted) return;
    // A stream that ends as soon as it opens must not be reopened without a pause for ever.
    if (performance.now() - openedAt > lastDelayMs) delay = firstDelayMs;
    if (fault !== trouble) log('warn', `Docker's events are not followed: ${fault}. Trying again.`);
    trouble = fault;
    await wait(delay, undefined, { signal }).catch(() => {});
    delay = Math.min(delay * 2, lastDelayMs);
  }
}
