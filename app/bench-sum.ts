// Compares the sum with the tutorial's loop, side by side on one core: npm run bench:sum --workspace app [-- <n>]
import os from 'node:os';
import { performance } from 'node:perf_hooks';
import { loadKernel } from './sum/load-kernel.ts';
import { SumQueue } from './sum/sum-queue.ts';

const ROUNDS = 7;
const n = Number(process.argv[2] ?? 1_000_000_000);

/** As it stands in the tutorial. */
function tutorialLoop(n: number): number {
  let count = 0;
  for (let i = 0; i <= n; i++) {
    count += i;
  }
  return count;
}

const loadedAt = performance.now();
const kernel = loadKernel();
const loadMilliseconds = performance.now() - loadedAt;
const sums = new SumQueue(kernel, { maxSums: 1 });

const contestants = [
  { name: "the tutorial's loop", run: () => tutorialLoop(n) },
  { name: 'the kernel, in one call', run: () => kernel(0, n + 1) },
  { name: 'the sum as it is served', run: () => sums.run(n, new AbortController().signal) },
].map((contestant) => ({ ...contestant, times: [] as number[], result: '' }));

for (let round = 0; round < ROUNDS; round++) {
  for (const contestant of contestants) {
    const startedAt = performance.now();
    contestant.result = String(await contestant.run());
    contestant.times.push(((performance.now() - startedAt) / n) * 1e6);
  }
}

const [tutorial] = contestants;
const first = (times: readonly number[]) => times[0] ?? Number.NaN;
const warm = (times: readonly number[]) =>
  [...times.slice(1)].sort((a, b) => a - b)[(ROUNDS - 1) >> 1] ?? Number.NaN;

console.log(`${os.cpus()[0]?.model}, Node ${process.version}, load ${os.loadavg()[0]?.toFixed(1)}`);
console.log(
  `n = ${n}, ${ROUNDS} rounds side by side, ns per integer; warm is the median of all rounds but the first`,
);
console.log(`The kernel was loaded and compiled in ${loadMilliseconds.toFixed(1)} ms.\n`);
console.table(
  contestants.map(({ name, times, result }) => ({
    name,
    'first call': first(times).toFixed(3),
    warm: warm(times).toFixed(3),
    'times as fast, first': (first(tutorial?.times ?? []) / first(times)).toFixed(1),
    'times as fast, warm': (warm(tutorial?.times ?? []) / warm(times)).toFixed(1),
    result,
  })),
);
console.log(`The truth is ${(BigInt(n) * (BigInt(n) + 1n)) / 2n}.`);
