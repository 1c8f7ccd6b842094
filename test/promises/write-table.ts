import { globSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { dirname, join } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { replaceFile } from '../../setup/replace-file.ts';
import type { Figures } from './promise.ts';

const PAGE = join(import.meta.dirname, '../../docs/promises.md');
/** What was measured last, so that some of the files can be run again by themselves. */
const RESULTS = join(import.meta.dirname, '../../artifacts/promises.json');
const BEGIN = '<!-- promises:begin -->';
const END = '<!-- promises:end -->';

/** Writes what the promises' tests measured into docs/promises.md, between its markers. */
export default class WriteTable implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    const rows = modules
      .flatMap((module) => [...module.children.allTests()])
      .flatMap((test) => {
        const { figures } = test.meta();
        return figures ? [{ ...figures, kept: test.result().state === 'passed' }] : [];
      });
    if (rows.length === 0) return;
    const isWhole = modules.length === globSync(join(import.meta.dirname, '*.test.ts')).length;
    const all = isWhole ? rows : merge(await readResults(), rows);
    await mkdir(dirname(RESULTS), { recursive: true });
    await writeFile(RESULTS, JSON.stringify(all, null, 2));
    const page = await readFile(PAGE, 'utf8');
    const [before, rest] = page.split(BEGIN);
    const after = rest?.split(END)[1];
    if (before === undefined || after === undefined) throw new Error(`${PAGE} has lost its markers.`);
    replaceFile(PAGE, [before, BEGIN, '\n', describeRun(), tables(all), END, after].join(''));
  }
}

type Row = Figures & { readonly kept: boolean };

async function readResults(): Promise<Row[]> {
  const text = await readFile(RESULTS, 'utf8').catch(() => '[]');
  return JSON.parse(text) as Row[];
}

function merge(before: readonly Row[], now: readonly Row[]): Row[] {
  const anew = new Map(now.map((row) => [row.promise, row]));
  const known = new Set(before.map(({ promise }) => promise));
  return [
    ...before.map((row) => anew.get(row.promise) ?? row),
    ...now.filter(({ promise }) => !known.has(promise)),
  ];
}

function describeRun(): string {
  const cpu = os.cpus()[0]?.model ?? 'unknown CPU';
  return `\n\`npm run promises\` on ${new Date().toISOString().slice(0, 10)}, ${os.cpus().length} x ${cpu}, ${os.type()} ${os.release()}, Node ${process.version}.\n`;
}

function tables(rows: readonly Row[]): string {
  const sections = [...Map.groupBy(rows, ({ section }) => section)].toSorted(([one], [other]) =>
    one.localeCompare(other),
  );
  return sections
    .map(([section, promises]) => {
      const lines = promises.map(
        ({ promise, kept, measured }) =>
          `| ${promise} | ${kept ? 'kept' : '**broken**'} | ${measured.join('; ')} |`,
      );
      return `\n### ${section}\n\n| Promise | | Measured |\n|---|---|---|\n${lines.join('\n')}\n`;
    })
    .join('');
}
