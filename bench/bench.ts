import type { Contender, Server } from './contenders/server.ts';
import type { Fleets } from './contenders/start-fleets.ts';
import type { CpuSets } from './machine/split-cpus.ts';
import type { Durations } from './plan-durations.ts';
import type { Options } from './read-options.ts';
import type { Workload } from './statistics/sample.ts';

/** What a workload needs to measure. */
export interface Bench {
  readonly options: Options;
  readonly durations: Durations;
  readonly cpus: CpuSets;
  readonly fleets: Fleets;
  readonly k6Image: string;
}

/** One measurement to come. */
export interface Job {
  readonly workload: Workload;
  readonly subject: string;
  readonly round: number;
  /** What it will take, about. */
  readonly seconds: number;
  /** Whose CPUs are to be quiet before it begins, and whose use of them is not a disturbance. */
  readonly contender: Contender;
  /** The CPUs under test. */
  readonly cpus: string;
  /** Whether a measurement that others disturbed can be repeated. */
  readonly isRepeatable: boolean;
  /** What has to be so before it is measured, and is undone afterwards. */
  prepare?(): Promise<void>;
  restore?(): Promise<void>;
  /** Whether the contender's containers stay the same ones meanwhile. */
  readonly isSteady: boolean;
  measure(): Promise<Record<string, number>>;
}

/**
 * Starts a server anew when its first turn of a round comes, and warms it up. One start of Node's is up to half as fast
 * again as the next, the tutorial's as well as ours, and stays so for as long as it lives.
 */
export function startAnewEachRound(warmUp: (contender: Contender) => Promise<unknown>) {
  const startedIn = new Map<Server, number>();
  return async (contender: Contender, round: number): Promise<void> => {
    if (startedIn.get(contender.server) === round) return;
    startedIn.set(contender.server, round);
    await contender.server.restart();
    await warmUp(contender);
  };
}

/**
 * The jobs of a workload, round by round, each round beginning with another contender: what comes first in a round has
 * no advantage over the rounds.
 */
export function interleave<Subject>(
  subjects: readonly Subject[],
  rounds: number,
  plan: (subject: Subject, round: number) => Job,
): Job[] {
  return Array.from({ length: rounds }, (_, round) =>
    subjects.map((_, turn) => plan(subjects[(turn + round) % subjects.length] as Subject, round + 1)),
  ).flat();
}
