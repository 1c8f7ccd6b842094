import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeProc } from '../testing/placement.ts';
import { parseCpusAllowed, parseStartTicks, readOwnLife } from './read-own-life.ts';

test('reads what the kernel says of this process', () => {
  const { startTicks, cpusAllowed } = readOwnLife();
  expect(startTicks).toBeGreaterThan(0);
  expect(cpusAllowed).toMatch(/^[0-9,-]+$/);
});

test('counts the fields after a command with spaces and parentheses', () => {
  const proc = mkdtempSync(path.join(os.tmpdir(), 'percore-proc-'));
  onTestFinished(() => rmSync(proc, { recursive: true }));
  writeProc(proc, 4242, '0-3,5');
  expect(readOwnLife(proc)).toEqual({ startTicks: 4242, cpusAllowed: '0-3,5' });
});

test('refuses what has another form', () => {
  expect(() => parseStartTicks('1 (node) S 1 2 3')).toThrow('field 22');
  expect(() => parseCpusAllowed('Name:\tnode\n')).toThrow('no Cpus_allowed_list');
});
