import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { queuePasses } from './queue-passes.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('runs one pass at a time, and one more for any number of triggers during it', async () => {
  const ends: (() => void)[] = [];
  const run = vi.fn(() => new Promise<void>((end) => ends.push(end)));
  const queue = queuePasses(run, 20, 5000);
  queue.trigger();
  queue.trigger();
  await vi.advanceTimersByTimeAsync(20);
  expect(run).toHaveBeenCalledTimes(1);
  for (let n = 0; n < 5; n++) queue.trigger();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(run).toHaveBeenCalledTimes(1);
  ends.shift()?.();
  await vi.advanceTimersByTimeAsync(20);
  expect(run).toHaveBeenCalledTimes(2);
  ends.shift()?.();
  await vi.advanceTimersByTimeAsync(4999);
  expect(run).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(run).toHaveBeenCalledTimes(3);
});

it('waits for the pass under way when it stops, and starts none after', async () => {
  let end = () => {};
  const run = vi.fn(
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  const queue = queuePasses(run, 20, 5000);
  queue.trigger();
  await vi.advanceTimersByTimeAsync(20);
  let stopped = false;
  const stopping = queue.stop().then(() => {
    stopped = true;
  });
  queue.trigger();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(stopped).toBe(false);
  end();
  await stopping;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(run).toHaveBeenCalledTimes(1);
});
