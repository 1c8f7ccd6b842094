import type { CpuSets } from './machine/split-cpus.ts';
import type { Options } from './read-options.ts';
import type { Sample } from './statistics/sample.ts';

const DISTURBED = 0.1;

/** What a reader has to know of how it was measured: above all what could not be kept apart. */
export function writeNotes(cpus: CpuSets, options: Options, samples: readonly Sample[]): string[] {
  const disturbed = samples.filter(
    ({ others, workload }) => (workload === 'a' || workload === 'c') && (others ?? 0) > DISTURBED,
  );
  return [
    cpus.isSeparate
      ? `(a) and (c): every contender, its proxy and its primary included, was confined to CPU ${cpus.contender}, and the load to CPU ${cpus.load}.`
      : '(a) and (c): this machine has one CPU, so the load took its share of it from every contender.',
    `(b), (d) to (h): every contender had CPUs ${cpus.all}; the load, which hardly works there, ran on the same ones.`,
    'The load shares the network of what it loads: its target is 127.0.0.1, and nothing passes Docker’s port proxy.',
    'Each contender has a network of the kind that Compose makes.',
    'Those whose turn it is not are frozen. For (a) and (b) every server is started anew in every round.',
    'A ratio compares two contenders in the same round; what is shown is the median of the rounds’ ratios.',
    ...(options.quick ? ['A quick run: few and short rounds.'] : []),
    ...(disturbed.length > 0
      ? [
          `${disturbed.length} measurements of (a) and (c) were disturbed: other programs used more than ${100 * DISTURBED} % of the CPUs under test.`,
        ]
      : []),
  ];
}
