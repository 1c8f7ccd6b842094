/** Takes the place of app/sum/load-kernel.ts in the bundle of the benchmark: the tutorial's loop, as inexact as there. */
export type SumSlice = (from: number, to: number) => bigint;

export function loadKernel(): SumSlice {
  return (from, to) => {
    let count = 0;
    for (let i = from; i < to; i++) {
      count += i;
    }
    return BigInt(count);
  };
}
