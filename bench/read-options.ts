import { parseArgs } from 'node:util';
import { SetupError } from '../setup/setup-error.ts';

export const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;
export type Letter = (typeof LETTERS)[number];

export interface Options {
  readonly quick: boolean;
  readonly only: readonly Letter[];
  /** How often each measurement is repeated; the slow ones less often. */
  readonly rounds: number;
  /** Whether the README's table is written: by a whole run, unless told otherwise. */
  readonly readme: boolean;
  /** Folder of the results. */
  readonly output: string;
}

export const USAGE = `npm run bench -- [--quick] [--only a,b,c,d,e,f,g,h] [--rounds 5] [--output artifacts/bench] [--no-readme]`;

/** @throws SetupError naming what is wrong */
export function readOptions(args: readonly string[]): Options {
  const { quick, only, rounds, output, readme } = parse(args);
  const letters = (only ?? LETTERS.join(',')).split(',').map((letter) => letter.trim());
  const unknown = letters.find((letter) => !LETTERS.some((known) => known === letter));
  if (unknown !== undefined)
    throw new SetupError(`--only must name some of ${LETTERS.join(',')}, and has "${unknown}". ${USAGE}`);
  if (rounds !== undefined && !/^[1-9]\d?$/.test(rounds))
    throw new SetupError(`--rounds must be a whole number from 1 to 99, and is "${rounds}". ${USAGE}`);
  const isWhole = !quick && only === undefined;
  return {
    quick,
    only: LETTERS.filter((letter) => letters.includes(letter)),
    rounds: Number(rounds ?? (quick ? 2 : 5)),
    readme: readme ?? isWhole,
    output: output ?? 'artifacts/bench',
  };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string' },
        rounds: { type: 'string' },
        output: { type: 'string' },
        readme: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    throw new SetupError(`${(error as Error).message} ${USAGE}`);
  }
}
