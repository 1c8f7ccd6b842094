import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAvailable, readSiblings } from './read-cores.ts';
import { parseAllowed, parseStartTicks, readProcess } from './read-process.ts';
import { watchCores } from './watch-cores.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'machine-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
const roots = () => ({ proc: join(root, 'proc'), sys: join(root, 'sys') });
const tail = `S ${Array.from({ length: 18 }, (_, n) => n).join(' ')} 123456 99 0`;

describe('readProcess', () => {
  it('reads this process as the kernel shows it', () => {
    expect(readProcess(process.pid)).toMatchObject({
      startTicks: expect.any(Number),
      allowed: expect.stringMatching(/^[\d,-]+$/),
    });
  });

  it('knows that a process is not there', () => {
    expect(readProcess(2 ** 30)).toBeNull();
  });

  it('does not take another file for a process', () => {
    put('5/stat', 'nonsense');
    expect(() => readProcess(5, root)).toThrow('must have a number in field 22');
  });
});

it.each(['(node)', '(my app)', '(a) b) S 1 2)', '()'])(
  'counts the fields of stat behind the command %s',
  (name) => {
    expect(parseStartTicks(`4711 ${name} ${tail}`)).toBe(123456);
  },
);

it.each(['', 'x', '1e3', '0x10', '-1', '1.5', '9'.repeat(16), 'NaN'])('refuses %j for a time', (ticks) => {
  expect(() => parseStartTicks(`1 (node) S ${'0 '.repeat(18)}${ticks} 0`)).toThrow('field 22');
});

it('reads any command, and of any other text gives a number or one line', () => {
  const word = fc.string({ unit: 'binary', maxLength: 15 });
  fc.assert(
    fc.property(word, (command) => {
      expect(parseStartTicks(`7 (${command}) ${tail}`)).toBe(123456);
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

it('takes no other line of status for the list, whatever they hold', () => {
  const line = fc.tuple(
    fc.constantFrom('Name', 'Cpus_allowed', 'xCpus_allowed_list', 'Mems_allowed_list'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(line), fc.array(line), (before, after) => {
      const text = (lines: [string, string][]) =>
        lines.map(([name, value]) => `${name}:\t${value.replaceAll(/[\r\n\u2028\u2029]/g, '')}\n`).join('');
      expect(parseAllowed(`${text(before)}Cpus_allowed_list:\t0-3,9\n${text(after)}`)).toBe('0-3,9');
      expect(() => parseAllowed(text(before))).toThrow('must have a line');
    }),
  );
});

it('reads the list and not the mask', () => {
  expect(parseAllowed('Cpus_allowed:\tff\nCpus_allowed_list:\t0-7\nMems_allowed:\t1\n')).toBe('0-7');
  expect(() => parseAllowed('Name: x')).toThrow('must have a line');
});

describe('the cores', () => {
  it('are those that are allowed and online', () => {
    put('proc/self/status', 'Cpus_allowed_list:\t1-5\n');
    put('sys/devices/system/cpu/online', '0-3,5\n');
    expect(readAvailable(roots())).toEqual([1, 2, 3, 5]);
  });

  it('know their siblings, and are alone where the machine tells none', () => {
    put('sys/devices/system/cpu/cpu1/topology/thread_siblings_list', '1,5\n');
    put('sys/devices/system/cpu/cpu2/topology/thread_siblings_list', '\n');
    expect(readSiblings([1, 2, 3], roots())).toEqual([
      { core: 1, siblings: [1, 5] },
      { core: 2, siblings: [2] },
      { core: 3, siblings: [3] },
    ]);
  });

  it('are left out while offline, and said to be', () => {
    let available = [0, 1, 2];
    const read = watchCores([1, 2], () => available);
    expect(read()).toMatchObject({ cores: [{ core: 1 }, { core: 2 }], problem: null });
    available = [0, 1];
    expect(read()).toMatchObject({
      cores: [{ core: 1 }],
      problem: expect.stringContaining('available now: 2.'),
    });
  });
});
