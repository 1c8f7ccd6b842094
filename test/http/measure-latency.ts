import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, get } from './get.ts';

export interface Latency {
  /** Milliseconds. */
  readonly median: number;
  /** Milliseconds. */
  readonly p90: number;
  /** Milliseconds: the median of the windows' own, as two busy cores make one window an outlier now and then. */
  readonly p99: number;
  /** Milliseconds. */
  readonly most: number;
  readonly answers: number;
  /** Every answer that was not a 200, and every request without an answer. */
  readonly failures: string[];
}

export interface Pace {
  readonly perSecond: number;
  readonly windows: number;
  readonly windowSeconds: number;
}

/**
 * What one client with one kept connection waits for its answers. It asks at an even pace, whether or not the last
 * answer has come, and the time counts from then on: what makes one request late makes those behind it late, too.
 */
export async function measureLatency(
  url: string,
  { perSecond, windows, windowSeconds }: Pace,
): Promise<Latency> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const failures: string[] = [];
  const underway = new Set<Promise<void>>();
  const all: number[] = [];
  const p99s: number[] = [];
  for (let window = 0; window < windows; window += 1) {
    const times: number[] = [];
    const timer = setInterval(() => {
      const askedAt = performance.now();
      const one = get(url, { agent })
        .then(({ status, body }: Answer) => {
          times.push(performance.now() - askedAt);
          if (status !== 200) failures.push(`${status} ${body}`);
        })
        .catch((error: unknown) => void failures.push(String(error)))
        .finally(() => underway.delete(one));
      underway.add(one);
    }, 1000 / perSecond);
    await delay(windowSeconds * 1000);
    clearInterval(timer);
    await Promise.all(underway);
    p99s.push(percentile(times, 99));
    all.push(...times);
  }
  agent.destroy();
  return {
    median: percentile(all, 50),
    p90: percentile(all, 90),
    p99: percentile(p99s, 50),
    most: Math.max(...all),
    answers: all.length,
    failures,
  };
}

/** By nearest rank. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}
