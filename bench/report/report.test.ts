import { describe, expect, test } from 'vitest';
import { judgeTargets } from '../statistics/judge-targets.ts';
import type { Result } from '../statistics/result.ts';
import type { Sample } from '../statistics/sample.ts';
import { buildHtml } from './build-html.ts';
import { compareContenders } from './compare-contenders.ts';
import { describeVerdicts } from './describe-verdicts.ts';
import { formatNumber } from './format-number.ts';
import { planCharts } from './plan-charts.ts';
import { BEGIN, END, readmeSection, replaceBetweenMarkers } from './write-readme.ts';

const sample = (subject: string, perSecond: number, p99: number, round = 1): Sample => ({
  ...{ workload: 'a', subject, round, others: 0 },
  values: { perSecond, p99 },
});
const samples = [
  sample('cluster', 20_000, 8),
  sample('round-robin', 24_000, 4),
  sample('round-robin', 26_000, 4, 2),
  sample('cluster', 20_000, 8, 2),
];
const result: Result = {
  version: 1,
  command: 'npm run bench -- --only a',
  startedAt: '2026-11-21T10:00:00.000Z',
  seconds: 60,
  facts: { machine: '2 x <b>', node: 'v26.10.0' },
  notes: ['What could not be kept apart.'],
  verdicts: judgeTargets(samples, 2),
  samples,
};

test.each([
  [12345.6, '12,346'],
  [42.42, '42.4'],
  [1.234, '1.23'],
  [0, '0'],
  [Number.POSITIVE_INFINITY, 'never'],
  [Number.NaN, '-'],
])('%d is written as %s', (value, text) => expect(formatNumber(value)).toBe(text));

test('the contenders stand side by side, with their ratios to the cluster', () => {
  expect(compareContenders(samples)).toEqual([
    ['', 'percore, round robin', "the tutorial's cluster"],
    ['`/pid` at saturation, requests a second', '25,000 (1.25x)', '20,000'],
    ['its p99, ms', '4 (0.50x)', '8'],
  ]);
});

test('the targets that were measured are told with their verdicts', () => {
  const lines = describeVerdicts(result.verdicts).split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/✓.*round robin, requests a second \/ cluster +1\.25x +at least 1\.10x/);
});

describe('the README', () => {
  const wrapped = (inner: string) => `# percore\n${BEGIN}${inner}${END}\nrest\n`;

  test('gets the table between its markers, and is the same when written again', () => {
    const once = replaceBetweenMarkers(wrapped('old'), readmeSection(result));
    expect(once).toContain('25,000 (1.25x)');
    expect(once).not.toContain('old');
    expect(once.endsWith(`${END}\nrest\n`)).toBe(true);
    expect(replaceBetweenMarkers(once, readmeSection(result))).toBe(once);
  });

  test.each([
    ['no markers', '# percore\n'],
    ['no end', `${BEGIN}\n`],
    ['markers in the wrong order', `${END}\n${BEGIN}\n`],
    ['two beginnings', `${BEGIN}${BEGIN}${END}`],
  ])('with %s is refused', (_, text) =>
    expect(() => replaceBetweenMarkers(text, 'x')).toThrow(/must have <!-- bench:begin -->/),
  );
});

test('a chart has a bar for each contender, in their order', () => {
  const [requests] = planCharts(samples);
  expect(requests).toMatchObject({ id: 'a-perSecond', kind: 'bar', logarithmic: false });
  expect(requests?.bars.map(({ label, median }) => [label, median])).toEqual([
    ['percore, round robin', 25_000],
    ["the tutorial's cluster", 20_000],
  ]);
});

test('the page is one file that can neither fetch nor be broken out of', () => {
  const assets = { chartLibrary: 'const a = "</script>";', script: 'draw();', style: 'body{}' };
  const html = buildHtml(result, assets);
  expect(html).toContain('2 x &lt;b&gt;');
  expect(html.match(/<\/script>/g)).toHaveLength(3);
  expect(html).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)=/);
  expect(html).toContain('npm run bench -- --only a');
});
