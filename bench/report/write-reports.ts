import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../../setup/config.ts';
import { showDone, showLine } from '../../setup/progress.ts';
import type { Options } from '../read-options.ts';
import type { Result } from '../statistics/result.ts';
import { buildHtml } from './build-html.ts';
import { describeVerdicts } from './describe-verdicts.ts';
import { writeReadme } from './write-readme.ts';

/** Writes the results as JSON and as a page, and what the options want of the README. */
export async function writeReports(result: Result, { output, readme }: Options): Promise<void> {
  const folder = path.resolve(ROOT, output);
  await mkdir(folder, { recursive: true });
  const json = path.join(folder, 'results.json');
  const html = path.join(folder, 'report.html');
  // JSON has no infinity: what never happened is null.
  await writeFile(json, `${JSON.stringify(result, null, 2)}\n`);
  const here = (file: string) => readFile(path.join(import.meta.dirname, file), 'utf8');
  const chartLibrary = path.join(ROOT, 'node_modules/chart.js/dist/chart.umd.min.js');
  await writeFile(
    html,
    buildHtml(result, {
      chartLibrary: await readFile(chartLibrary, 'utf8'),
      script: await here('draw-charts.js'),
      style: await here('report.css'),
    }),
  );
  if (readme) await writeReadme(result);
  showLine(`\n${describeVerdicts(result.verdicts)}\n`);
  for (const note of result.notes) showLine(`  ${note}`);
  showLine('');
  for (const file of [html, json, ...(readme ? [path.join(ROOT, 'README.md')] : [])])
    showDone(path.relative(process.cwd(), file));
}
