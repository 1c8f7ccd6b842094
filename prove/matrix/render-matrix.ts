import type { Client } from '../clients/client.ts';
import { type Cell, expectedCounts, isAsExpected } from './expected.ts';
import { CLIENTS, type Matrix } from './measure-matrix.ts';
import { SERVERS, type Server } from './servers.ts';

/** The matrix as a table of Markdown, and what each row shows. */
export function renderMarkdown(matrix: Matrix): string {
  const heads = SERVERS.map(({ name, port }) => `${name}<br>${port}`);
  const rows = CLIENTS.map(({ id, name }) => [
    name,
    ...SERVERS.map((server, column) => markdownCell(id, column, cellOf(matrix, id, column), server)),
  ]);
  const table = [['', ...heads], ['---', ...SERVERS.map(() => '---')], ...rows];
  const lessons = CLIENTS.map(({ name, lesson }) => `- **${capital(name)}.** ${lesson}`);
  return [...table.map((row) => `| ${row.join(' | ')} |`), '', ...lessons].join('\n');
}

/** One row for a terminal. */
export function renderRow({ name, lesson }: Client, cells: readonly Cell[]): string {
  const columns = SERVERS.map((server, column) => {
    const cell = cells[column];
    return cell ? `  ${server.name.padEnd(15)} ${plainCell(cell, server)}` : '';
  });
  return [name.replaceAll('`', ''), ...columns, `  ${lesson.replaceAll('`', '')}`, ''].join('\n');
}

/**
 * Where more than one count is as it should be, all of them are written: the same text, whichever came out this time.
 */
function markdownCell(client: string, column: number, cell: Cell, { processes }: Server): string {
  const counts = isAsExpected(client, column, cell) ? expectedCounts(client, column) : [cell.distinct];
  return `**${counts.join(' or ')}** of ${processes}<br>${manner(cell)}`;
}

function plainCell(cell: Cell, { processes }: Server): string {
  return `${cell.distinct} of ${processes} answered ${manner(cell)}`;
}

function manner({ requests, overlapped }: Cell): string {
  return overlapped ? `${requests}, overlapping` : `${requests}, in turn`;
}

function cellOf(matrix: Matrix, id: string, column: number): Cell {
  const cell = matrix[id]?.[column];
  if (!cell) throw new Error(`The matrix lacks column ${column} of ${id}.`);
  return cell;
}

function capital(text: string): string {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}
