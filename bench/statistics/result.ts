import type { Facts } from '../machine/describe-machine.ts';
import type { Verdict } from './judge-targets.ts';
import type { Sample } from './sample.ts';

/** All that a run found out: what is written as JSON, and what the report is made from. */
export interface Result {
  readonly version: 1;
  readonly command: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly facts: Facts;
  /** What has to be known to read the numbers. */
  readonly notes: readonly string[];
  readonly verdicts: readonly Verdict[];
  readonly samples: readonly Sample[];
}
