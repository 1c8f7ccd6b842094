import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openComingFlag } from './coming-flag.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flag-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const isThere = () => existsSync(join(folder, 'replicas-are-coming'));

it('is there while replicas are coming, and until Nginx has taken up the list', () => {
  let now = 0;
  const flag = openComingFlag(
    folder,
    () => {},
    () => now,
  );
  flag.show(false);
  expect(isThere()).toBe(false);
  flag.show(true);
  expect(isThere()).toBe(true);
  now = 2999;
  flag.show(false);
  expect(isThere()).toBe(true);
  now = 3000;
  flag.show(false);
  expect(isThere()).toBe(false);
});

it('takes away what an earlier pinner left', () => {
  writeFileSync(join(folder, 'replicas-are-coming'), '');
  openComingFlag(folder, () => {}).show(false);
  expect(isThere()).toBe(false);
});

it('says once that it cannot be written', () => {
  rmSync(folder, { recursive: true });
  const lines: string[] = [];
  const flag = openComingFlag(folder, (_, text) => void lines.push(text));
  flag.show(true);
  flag.show(true);
  expect(lines).toEqual([expect.stringMatching(/replicas-are-coming cannot be written: ENOENT/)]);
});
