import type { Options } from './read-options.ts';

/** Whole seconds of load per measurement, and how many rounds the slow workloads have. */
export interface Durations {
  readonly warmUp: number;
  readonly saturation: number;
  readonly saturationRounds: number;
  readonly sums: number;
  readonly mixed: number;
  readonly skewed: number;
  readonly scaling: number;
  readonly pinning: number;
  readonly crash: number;
  readonly scaleUp: number;
  readonly slowRounds: number;
}

export function planDurations({ quick, rounds }: Pick<Options, 'quick' | 'rounds'>): Durations {
  if (quick) {
    return {
      ...{ warmUp: 1, saturation: 1, saturationRounds: 3, sums: 3, mixed: 7, skewed: 4 },
      ...{ scaling: 2, pinning: 2, crash: 5, scaleUp: 5, slowRounds: 1 },
    };
  }
  return {
    ...{ warmUp: 3, saturation: 3, saturationRounds: 2 * rounds - 1, sums: 6, mixed: 12, skewed: 8 },
    ...{ scaling: 6, pinning: 4, crash: 7, scaleUp: 6, slowRounds: Math.min(3, rounds) },
  };
}
