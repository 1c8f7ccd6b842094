import type { Sample, Workload } from './sample.ts';

export interface Comparison {
  readonly workload: Workload;
  readonly measure: string;
  readonly subject: string;
  /** What it is compared with. */
  readonly to: string;
}

/**
 * One subject's value divided by another's, round by round: what disturbs a round disturbs both, and falls out. Rounds
 * in which either is missing are left out.
 */
export function ratiosByRound(samples: readonly Sample[], comparison: Comparison): number[] {
  const { workload, measure, subject, to } = comparison;
  const find = (name: string, round: number) =>
    samples.find((each) => each.workload === workload && each.subject === name && each.round === round)
      ?.values[measure];
  const rounds = new Set(samples.filter((each) => each.workload === workload).map(({ round }) => round));
  return [...rounds].flatMap((round) => {
    const [value, reference] = [find(subject, round), find(to, round)];
    return value === undefined || reference === undefined || reference === 0 ? [] : [value / reference];
  });
}
