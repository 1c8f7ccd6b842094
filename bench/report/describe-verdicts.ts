import { styleText } from 'node:util';
import type { Verdict } from '../statistics/judge-targets.ts';
import { formatNumber } from './format-number.ts';

export function formatValue({ value, unit }: Pick<Verdict, 'value' | 'unit'>): string {
  if (value === null) return 'not measured';
  return `${formatNumber(value)}${unit === '' || unit === 'x' ? unit : ` ${unit}`}`;
}

export function formatRule({ rule, unit }: Pick<Verdict, 'rule' | 'unit'>): string {
  if (rule?.atLeast !== undefined) return `at least ${formatValue({ value: rule.atLeast, unit })}`;
  if (rule?.atMost !== undefined) return `at most ${formatValue({ value: rule.atMost, unit })}`;
  return 'reported';
}

const MARKS = { true: ['green', '✓'], false: ['red', '✗'], null: ['dim', '·'] } as const;

/** The targets that were measured, a line each, for a terminal. */
export function describeVerdicts(verdicts: readonly Verdict[]): string {
  const rows = verdicts
    .filter(({ value }) => value !== null)
    .map((verdict) => ({
      met: String(verdict.met) as keyof typeof MARKS,
      what: `${verdict.workload === 'idle' ? 'at rest' : `(${verdict.workload})`} ${verdict.what}`,
      value: formatValue(verdict),
      rule: formatRule(verdict),
    }));
  const widest = (key: 'what' | 'value') => Math.max(0, ...rows.map((row) => row[key].length));
  const [what, value] = [widest('what'), widest('value')];
  return rows
    .map((row) => {
      const [color, sign] = MARKS[row.met];
      const mark = styleText(color, sign, { stream: process.stdout });
      return `  ${mark} ${row.what.padEnd(what)}  ${row.value.padStart(value)}  ${row.rule}`;
    })
    .join('\n');
}
