import { CONTENDERS } from '../contenders/server.ts';
import { summarize } from '../statistics/median.ts';
import type { Result } from '../statistics/result.ts';
import { type Sample, WORKLOADS } from '../statistics/sample.ts';
import { compareContenders } from './compare-contenders.ts';
import { formatRule, formatValue } from './describe-verdicts.ts';
import { formatNumber } from './format-number.ts';
import { planCharts } from './plan-charts.ts';

/** What the page carries in itself, so that it needs nothing else. */
export interface Assets {
  readonly chartLibrary: string;
  readonly script: string;
  readonly style: string;
}

/** The report as one page. */
export function buildHtml(result: Result, { chartLibrary, script, style }: Assets): string {
  const charts = planCharts(result.samples);
  const figures = charts.map(
    ({ id, title, bars }) =>
      `<figure><figcaption>${escapeHtml(title)}</figcaption><div class="canvas"><canvas id="${id}" role="img" aria-label="${escapeHtml(
        bars.map(({ label, median }) => `${label}: ${formatNumber(median)}`).join('; '),
      )}"></canvas></div></figure>`,
  );
  const facts = { command: result.command, date: result.startedAt, ...result.facts };
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>percore: the benchmark</title>
<style>${style}</style>
<h1>percore: the benchmark</h1>
<dl>${Object.entries(facts)
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`)
    .join('')}</dl>
<section><h2>Targets</h2><div class="scroll">${table(verdictRows(result))}</div></section>
<section><h2>Side by side</h2><p>Medians; in brackets times the tutorial’s cluster in the same rounds.</p><div class="scroll">${table(compareContenders(result.samples))}</div></section>
<section><h2>Charts</h2><p>Medians; the thin line goes from the least to the most that was measured.</p><div class="charts">${figures.join('')}</div></section>
<section><h2>How it was measured</h2><ul>${result.notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul></section>
<section><h2>Every number</h2><div class="scroll">${table(sampleRows(result.samples))}</div></section>
<script type="application/json" id="charts">${JSON.stringify(charts).replaceAll('<', '\\u003c')}</script>
<script>${inScript(chartLibrary)}</script>
<script>${inScript(script)}</script>
</html>
`;
}

function verdictRows({ verdicts }: Result): string[][] {
  const rows = verdicts
    .filter(({ value }) => value !== null)
    .map((verdict) => [
      `(${verdict.workload}) ${verdict.what}`,
      formatValue(verdict),
      formatRule(verdict),
      verdict.met === null ? '' : verdict.met ? 'yes' : 'no',
    ]);
  return [['', 'measured', 'target', 'met'], ...rows];
}

/** For each subject and measure: the median and how far the rounds lie apart. */
function sampleRows(samples: readonly Sample[]): string[][] {
  const groups = Map.groupBy(samples, ({ workload, subject }) => `${workload}\n${subject}`);
  const rows = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return Object.keys(first.values).map((measure) => {
      const { median, least, most, count } = summarize(
        group.map(({ values }) => values[measure] ?? Number.NaN),
      );
      const name =
        first.subject in CONTENDERS ? CONTENDERS[first.subject as keyof typeof CONTENDERS] : first.subject;
      const numbers = [median, least, most].map(formatNumber);
      return [`(${first.workload}) ${WORKLOADS[first.workload]}`, name, measure, ...numbers, String(count)];
    });
  });
  return [['', 'of', 'measure', 'median', 'least', 'most', 'rounds'], ...rows];
}

function table([heading = [], ...rows]: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: string) =>
    row
      .map(
        (cell) =>
          `<${tag}${cell === 'yes' || cell === 'no' ? ` class="${cell}"` : ''}>${escapeHtml(cell)}</${tag}>`,
      )
      .join('');
  const body = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('');
  return `<table><thead><tr>${cells(heading, 'th')}</tr></thead><tbody>${body}</tbody></table>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Nothing in a script may end the element it is in. */
function inScript(source: string): string {
  return source.replaceAll('</script', '<\\/script').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
}
