export const WORKLOADS = {
  a: '/pid at saturation',
  b: '/api/100000000, closed loop',
  c: '/pid at a fixed rate beside a /api/5000000000',
  d: 'sums of very different sizes over a few kept connections',
  e: 'sums on 1 to N replicas',
  f: 'pinned and unpinned',
  g: 'a crash',
  h: 'scaling up',
  idle: 'at rest',
} as const;

export type Workload = keyof typeof WORKLOADS;

/** One measurement of one contender in one round. */
export interface Sample {
  readonly workload: Workload;
  /** A contender's name, or what else is compared (`2 replicas`, `pinned`). */
  readonly subject: string;
  readonly round: number;
  readonly values: Readonly<Record<string, number>>;
  /**
   * The share of the CPUs under test that neither the contender used nor nobody: 0 is undisturbed. Where the load
   * has no CPU of its own it counts as somebody else. Null where it cannot be told.
   */
  readonly others: number | null;
}

/** The values of one measure, in order of round. */
export function valuesOf(
  samples: readonly Sample[],
  workload: Workload,
  subject: string,
  measure: string,
): number[] {
  return samples
    .filter((sample) => sample.workload === workload && sample.subject === subject)
    .toSorted((one, other) => one.round - other.round)
    .flatMap(({ values }) => values[measure] ?? []);
}
