import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Arrival } from './run-experiment.js';
import { runExperiment } from './run-experiment.js';

const answer = { pid: 4711, replica: 1, core: 0, clamped: false };
const failure = { failure: 'network' } as const;

function collect() {
  const arrivals: Arrival[] = [];
  return { arrivals, onArrival: (arrival: Arrival) => arrivals.push(arrival) };
}

describe('runExperiment', () => {
  test('asks as often as told, and never more at a time than told', async () => {
    const settings = fc.record({
      requests: fc.integer({ min: 1, max: 80 }),
      atATime: fc.integer({ min: 1, max: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(settings, async ({ requests, atATime }) => {
        const { arrivals, onArrival } = collect();
        let underWay = 0;
        let most = 0;
        const askOnce = async () => {
          underWay += 1;
          most = Math.max(most, underWay);
          await Promise.resolve();
          underWay -= 1;
          return answer;
        };
        const signal = new AbortController().signal;
        const end = await runExperiment({ requests, atATime, signal }, askOnce, onArrival);
        expect(end).toEqual({ stopped: false, gaveUp: false });
        expect(most).toBe(Math.min(requests, atATime));
        const orders = arrivals.map(({ order }) => order).sort((one, other) => one - other);
        expect(orders).toEqual(Array.from({ length: requests }, (_, order) => order));
      }),
    );
  });

  test('stops when it is told to, and keeps what had come', async () => {
    const { arrivals, onArrival } = collect();
    const stop = new AbortController();
    const askOnce = async (order: number) => {
      if (order === 5) {
        stop.abort();
        throw stop.signal.reason;
      }
      return answer;
    };
    const end = await runExperiment({ requests: 100, atATime: 1, signal: stop.signal }, askOnce, onArrival);
    expect(end.stopped).toBe(true);
    expect(arrivals).toHaveLength(5);
  });

  test('gives up where nobody answers', async () => {
    const { arrivals, onArrival } = collect();
    const { signal } = new AbortController();
    const end = await runExperiment({ requests: 1000, atATime: 1, signal }, async () => failure, onArrival);
    expect(end.gaveUp).toBe(true);
    expect(arrivals).toHaveLength(3);
  });

  test('goes on past failures once somebody has answered', async () => {
    const { arrivals, onArrival } = collect();
    const { signal } = new AbortController();
    const askOnce = async (order: number) => (order === 0 ? answer : failure);
    const end = await runExperiment({ requests: 50, atATime: 1, signal }, askOnce, onArrival);
    expect(end.gaveUp).toBe(false);
    expect(arrivals).toHaveLength(50);
  });

  test('does not hide a fault of its own', async () => {
    const { signal } = new AbortController();
    const askOnce = () => Promise.reject(new TypeError('a fault'));
    await expect(runExperiment({ requests: 2, atATime: 2, signal }, askOnce, () => {})).rejects.toThrow(
      'a fault',
    );
  });
});
