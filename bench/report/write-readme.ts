import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../../setup/config.ts';
import { replaceFile } from '../../setup/replace-file.ts';
import { SetupError } from '../../setup/setup-error.ts';
import type { Result } from '../statistics/result.ts';
import { compareContenders } from './compare-contenders.ts';
import { formatRule, formatValue } from './describe-verdicts.ts';

export const BEGIN = '<!-- bench:begin -->';
export const END = '<!-- bench:end -->';

const README = path.join(ROOT, 'README.md');

/**
 * Puts text between the markers.
 * @throws SetupError when they are not there, each once and in order
 */
export function replaceBetweenMarkers(text: string, content: string): string {
  const [before, rest, ...more] = text.split(BEGIN);
  const [, after, ...others] = rest?.split(END) ?? [];
  if (rest === undefined || after === undefined || more.length > 0 || others.length > 0) {
    throw new SetupError(
      `README.md must have ${BEGIN} and, after it, ${END}, once each: the benchmark's table goes between them. ` +
        'Add them, or run with --no-readme.',
    );
  }
  return `${before}${BEGIN}\n\n${content.trim()}\n\n${END}${after}`;
}

/** Fails before the work rather than after it. */
export async function checkReadme(): Promise<void> {
  replaceBetweenMarkers(await readFile(README, 'utf8'), '');
}

export async function writeReadme(result: Result): Promise<void> {
  replaceFile(README, replaceBetweenMarkers(await readFile(README, 'utf8'), readmeSection(result)));
}

export function readmeSection({ samples, verdicts, facts, command, startedAt, notes }: Result): string {
  const [heading = [], ...rows] = compareContenders(samples);
  const comparison = [heading, heading.map((_, column) => (column === 0 ? '---' : '---:')), ...rows];
  const targets = verdicts
    .filter(({ value }) => value !== null)
    .map((verdict) => [
      `${verdict.workload === 'idle' ? 'at rest' : `(${verdict.workload})`} ${verdict.what}`,
      formatValue(verdict),
      formatRule(verdict),
      verdict.met === null ? '' : verdict.met ? 'yes' : 'no',
    ]);
  const judged = [['', 'measured', 'target', 'met'], ['---', '---:', '---:', '---'], ...targets];
  const versions = Object.entries(facts).map(([name, value]) =>
    /machine|kernel/.test(name) ? value : `${name} ${value}`,
  );
  return [
    `\`${command}\`, ${startedAt.slice(0, 10)}, on ${versions.join(', ')}. Medians; in brackets times the tutorial's cluster in the same rounds.`,
    table(comparison),
    table(judged),
    notes.slice(0, 2).join(' '),
  ].join('\n\n');
}

function table(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}
