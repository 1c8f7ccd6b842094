import { performance } from 'node:perf_hooks';
import type { SumSlice } from './load-kernel.ts';

/** What a sum's time of the event loop is, in milliseconds per turn: what any other request waits at most. */
const SLICE_MILLISECONDS = 2;

/** A sum up to here (about 16 microseconds) costs less than its own HTTP request, so it runs at once, uncounted. */
const SHORT_SUM = 262_144;

/** A guess to begin with, below what is measured on slow machines. */
const FIRST_INTEGERS_PER_MILLISECOND = 2_000_000;

/** A measurement of less than this says more of the clock than of the kernel, in milliseconds. */
const MEASURABLE_MILLISECONDS = 0.2;

export class TooManySumsError extends Error {
  override readonly name = 'TooManySumsError';
}

type Job = {
  readonly last: number;
  next: number;
  total: bigint;
  readonly signal: AbortSignal;
  readonly resolve: (total: bigint) => void;
  readonly reject: (reason: unknown) => void;
};

/**
 * Runs sums side by side on one thread: one slice of time per turn of the event loop, however many sums are in
 * flight, which take their turns in order. With none in flight it holds no timer and no callback.
 */
export class SumQueue {
  readonly #sumSlice: SumSlice;
  readonly #maxSums: number;
  readonly #jobs: Job[] = [];
  #closedBecause: Error | undefined;
  #integersPerMillisecond = FIRST_INTEGERS_PER_MILLISECOND;

  constructor(sumSlice: SumSlice, { maxSums }: { maxSums: number }) {
    this.#sumSlice = sumSlice;
    this.#maxSums = maxSums;
  }

  /** Sums in flight. */
  get size(): number {
    return this.#jobs.length;
  }

  /**
   * The sum of 0..n, by an addition for each.
   * @param n a whole number up to 5,000,000,000
   * @throws TooManySumsError when as many sums as allowed are in flight
   * @throws the signal's reason, at its next slice, once the signal is aborted; or the one of `close`
   */
  async run(n: number, signal: AbortSignal): Promise<bigint> {
    signal.throwIfAborted();
    if (this.#closedBecause) throw this.#closedBecause;
    if (n <= SHORT_SUM) return this.#sumSlice(0, n + 1);
    if (this.#jobs.length >= this.#maxSums) {
      throw new TooManySumsError(`As many sums are in flight as are allowed (${this.#maxSums}).`);
    }
    const { promise, resolve, reject } = Promise.withResolvers<bigint>();
    this.#jobs.push({ last: n, next: 0, total: 0n, signal, resolve, reject });
    if (this.#jobs.length === 1) setImmediate(this.#takeTurn);
    return promise;
  }

  /** Gives up every sum in flight, and every later one, with this reason. */
  close(reason: Error): void {
    this.#closedBecause = reason;
    for (const job of this.#jobs.splice(0)) job.reject(reason);
  }

  /** Several sums share a turn only when those before them ended within it. */
  readonly #takeTurn = (): void => {
    let milliseconds = SLICE_MILLISECONDS;
    while (milliseconds >= MEASURABLE_MILLISECONDS) {
      const job = this.#jobs.shift();
      if (job === undefined) return;
      const startedAt = performance.now();
      if (this.#advance(job, milliseconds)) this.#jobs.push(job);
      milliseconds -= performance.now() - startedAt;
    }
    if (this.#jobs.length > 0) setImmediate(this.#takeTurn);
  };

  /** Runs a job for about `milliseconds`. @returns whether there is more of it to do */
  #advance(job: Job, milliseconds: number): boolean {
    if (job.signal.aborted) {
      job.reject(job.signal.reason);
      return false;
    }
    const wanted = Math.ceil(this.#integersPerMillisecond * milliseconds);
    const end = Math.min(job.next + wanted, job.last + 1);
    const startedAt = performance.now();
    job.total += this.#sumSlice(job.next, end);
    this.#learnSpeed(end - job.next, performance.now() - startedAt);
    job.next = end;
    if (end <= job.last) return true;
    job.resolve(job.total);
    return false;
  }

  /** Moves half of the way, so that one slice interrupted by the kernel does not upset the next ones. */
  #learnSpeed(integers: number, milliseconds: number): void {
    if (milliseconds < MEASURABLE_MILLISECONDS) return;
    this.#integersPerMillisecond = (this.#integersPerMillisecond + integers / milliseconds) / 2;
  }
}
