import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, get } from './get.ts';

export interface TimedAnswer extends Answer {
  readonly milliseconds: number;
}

export interface Asked {
  readonly answers: readonly TimedAnswer[];
  /** Requests without an answer, those that were given up at the end left out. */
  readonly failures: readonly string[];
  /** Given up at the end. */
  readonly unfinished: number;
}

/**
 * Asks the same at an even pace, whether or not there have been answers (an open model), and times each answer.
 * @param patience how long it waits in the end for what is unanswered before it gives up, in seconds
 */
export async function askAtRate(
  url: string,
  { perSecond, seconds, patience }: { perSecond: number; seconds: number; patience: number },
): Promise<Asked> {
  const agent = new Agent({ keepAlive: true });
  const end = new AbortController();
  const answers: TimedAnswer[] = [];
  const failures: string[] = [];
  const underway = new Set<Promise<void>>();
  const timer = setInterval(() => {
    const askedAt = performance.now();
    const one = get(url, { agent, signal: end.signal })
      .then((answer) => void answers.push({ ...answer, milliseconds: performance.now() - askedAt }))
      .catch((error: unknown) => {
        if (!end.signal.aborted) failures.push(String(error));
      })
      .finally(() => underway.delete(one));
    underway.add(one);
  }, 1000 / perSecond);
  await delay(seconds * 1000);
  clearInterval(timer);
  const waiting = new AbortController();
  await Promise.race([
    Promise.all(underway),
    delay(patience * 1000, undefined, { signal: waiting.signal }).catch(() => {}),
  ]);
  waiting.abort();
  const unfinished = underway.size;
  end.abort();
  await Promise.all(underway);
  agent.destroy();
  return { answers, failures, unfinished };
}
