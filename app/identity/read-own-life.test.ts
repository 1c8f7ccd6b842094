import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
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

test('of any command and any text, gives a number or throws', () => {
  const word = fc.string({ unit: 'binary', maxLength: 15 });
  fc.assert(
    fc.property(word, fc.nat(), (command, ticks) => {
      const fields = Array.from({ length: 30 }, (_, field) => (field === 18 ? ticks : field));
      expect(parseStartTicks(`1 (${command}) S ${fields.join(' ')}\n`)).toBe(ticks);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      try {
        expect(Number.isSafeInteger(parseStartTicks(text))).toBe(true);
      } catch (error) {
        expect((error as Error).message).toMatch(/^.*field 22.*$/);
      }
    }),
  );
});

test.each(['', 'x', '1e3', '0x10', '-1', '1.5', '9'.repeat(16), 'NaN'])('refuses %j for a time', (ticks) => {
  expect(() => parseStartTicks(`1 (node) S ${'0 '.repeat(18)}${ticks} 0`)).toThrow('field 22');
});

test('refuses what has another form', () => {
  expect(() => parseStartTicks('1 (node) S 1 2 3')).toThrow('field 22');
  expect(() => parseCpusAllowed('Name:\tnode\n')).toThrow('no Cpus_allowed_list');
});
