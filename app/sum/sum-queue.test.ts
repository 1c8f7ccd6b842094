import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gauss } from '../testing/gauss.ts';
import { loadKernel, type SumSlice } from './load-kernel.ts';
import { SumQueue, TooManySumsError } from './sum-queue.ts';

const kernel = loadKernel();
const never = new AbortController().signal;
const LONG = 500_000_000;

describe('SumQueue', () => {
  test.each([0, 1, 262_143, 262_144, 262_145, 300_000_000])('adds 0..%i', async (n) => {
    expect(await new SumQueue(kernel, { maxSums: 1 }).run(n, never)).toBe(gauss(n));
  });

  test('adds any number of sums at once, each right', async () => {
    const counts = fc.array(fc.integer({ min: 0, max: 20_000_000 }), { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(counts, async (ns) => {
        const queue = new SumQueue(kernel, { maxSums: 10 });
        expect(await Promise.all(ns.map((n) => queue.run(n, never)))).toEqual(ns.map(gauss));
        expect(queue.size).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  test('takes turns in order, one slice each', async () => {
    const order: string[] = [];
    const slow: SumSlice = (from, to) => {
      const startedAt = performance.now();
      while (performance.now() - startedAt < 3);
      order.push(to > 400_000_000 ? 'end' : String(from === 0 ? 'start' : 'slice'));
      return kernel(from, to);
    };
    const queue = new SumQueue(slow, { maxSums: 3 });
    const left = new AbortController();
    const sums = [1, 2, 3].map(() => queue.run(LONG, left.signal));
    await nextTurn();
    expect(order).toEqual(['start']);
    await nextTurn();
    await nextTurn();
    expect(order).toEqual(['start', 'start', 'start']);
    await nextTurn();
    expect(order).toEqual(['start', 'start', 'start', 'slice']);
    left.abort();
    expect((await Promise.allSettled(sums)).every(({ status }) => status === 'rejected')).toBe(true);
  });

  test('leaves the event loop its turns while sums run', async () => {
    const queue = new SumQueue(kernel, { maxSums: 4 });
    const sums = Promise.all([1, 2, 3, 4].map(() => queue.run(LONG, never)));
    let turns = 0;
    while (queue.size > 0) {
      await nextTurn();
      turns++;
    }
    await sums;
    // 2 billion integers take some 120 ms or more, in slices of 2 ms.
    expect(turns).toBeGreaterThan(20);
  });

  test('refuses one more than allowed, and has room again after one has ended', async () => {
    const queue = new SumQueue(kernel, { maxSums: 1 });
    const first = queue.run(LONG, never);
    await expect(queue.run(LONG, never)).rejects.toThrow(TooManySumsError);
    expect(await queue.run(1000, never)).toBe(gauss(1000));
    expect(await first).toBe(gauss(LONG));
    expect(await queue.run(1_000_000, never)).toBe(gauss(1_000_000));
  });

  test('stops when the signal is aborted, and leaves the others alone', async () => {
    const queue = new SumQueue(kernel, { maxSums: 2 });
    const left = new AbortController();
    const gone = expect(queue.run(5_000_000_000, left.signal)).rejects.toThrow('left');
    const stays = queue.run(LONG, never);
    await nextTurn();
    left.abort(new Error('left'));
    await gone;
    expect(queue.size).toBe(1);
    expect(await stays).toBe(gauss(LONG));
    await expect(queue.run(1, left.signal)).rejects.toThrow('left');
  });

  test('gives everything up when closed', async () => {
    const queue = new SumQueue(kernel, { maxSums: 2 });
    const given = expect(queue.run(LONG, never)).rejects.toThrow('closed');
    queue.close(new Error('closed'));
    await given;
    await expect(queue.run(LONG, never)).rejects.toThrow('closed');
  });
});
