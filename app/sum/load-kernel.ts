import { existsSync, readFileSync } from 'node:fs';
import v8 from 'node:v8';

/** Adds the whole numbers from `from` up to, not including, `to`. Exact while the sum is less than 2^64. */
export type SumSlice = (from: number, to: number) => bigint;

/** The same relative place from the source and from the bundle in `dist`. */
const KERNEL_FILE = new URL('../dist/sum-kernel.wasm', import.meta.url);

/**
 * Compiles the kernel and makes it ready to run at its full speed, in about 2 ms.
 * @throws Error when it has not been built.
 */
export function loadKernel(): SumSlice {
  if (!existsSync(KERNEL_FILE)) {
    throw new Error(`The sum's kernel is missing at ${KERNEL_FILE.pathname}: run "npm run build" first.`);
  }
  // V8 would start with quick, slow code (Liftoff: 3 to 7 times slower) and keep to it for the first calls.
  v8.setFlagsFromString('--no-liftoff');
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(KERNEL_FILE)));
  const sum = exports.sum as (from: number, to: number) => bigint;
  // The first call is the one that compiles.
  sum(0, 0);
  return (from, to) => BigInt.asUintN(64, sum(from, to));
}
