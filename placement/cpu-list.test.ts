import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CpuListError, formatCpuList, parseCpuList } from './cpu-list.ts';

describe('parseCpuList', () => {
  it.each([
    ['0', [0]],
    ['1-7', [1, 2, 3, 4, 5, 6, 7]],
    ['0-3,8', [0, 1, 2, 3, 8]],
    ['8,0-1,1-2', [0, 1, 2, 8]],
    ['0-1\n', [0, 1]],
    ['8191', [8191]],
  ])('reads %j', (text, cpus) => {
    expect(parseCpuList(text)).toEqual(cpus);
  });

  it.each(['', ',', '1,', 'a', '-1', '1-', '3-1', '0, 1', '0-7:2/4', '8192', '99999999', '1.5', '٣', '0x1'])(
    'refuses %j',
    (text) => {
      expect(() => parseCpuList(text, 'PERCORE_CORES')).toThrow(CpuListError);
    },
  );

  it('names the rule, the value, the place and the fix', () => {
    expect(() => parseCpuList('0,7-1', 'PERCORE_CORES')).toThrow(
      'PERCORE_CORES must have ranges that go upwards, but is "0,7-1" at "7-1": write it like "0-3,8".',
    );
  });

  it('shortens a very long value', () => {
    expect(() => parseCpuList('x'.repeat(400))).toThrow(/^.{0,300}$/);
  });
});

describe('parseCpuList, of anything', () => {
  const number = fc.oneof(fc.nat(9000), fc.constantFrom(4_294_967_295, 2 ** 53, 1e300));
  const part = fc.oneof(
    number.map(String),
    fc.tuple(number, number).map(([first, last]) => `${first}-${last}`),
    fc.string({ maxLength: 6 }),
    fc.constantFrom('', '-', '--', '0-', '-0', '0-4294967295', '0x1', '1e3', ' 1', '0-7:2/4', '٣', '\n'),
  );
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(part, { maxLength: 5 }).map((all) => all.join(',')),
  );

  it('gives ascending numbers the kernel can have, or one line that names the list and the fix', () => {
    fc.assert(
      fc.property(anything, (text) => {
        let cpus: number[];
        try {
          cpus = parseCpuList(text, 'PERCORE_CORES');
        } catch (error) {
          expect(error).toBeInstanceOf(CpuListError);
          expect((error as Error).message).toMatch(/^PERCORE_CORES must .{1,300}: write it like "0-3,8"\.$/);
          return;
        }
        expect(cpus.length).toBeGreaterThan(0);
        expect(cpus.every((cpu, at) => cpu >= 0 && cpu <= 8191 && cpu > (cpus[at - 1] ?? -1))).toBe(true);
        expect(parseCpuList(formatCpuList(cpus))).toEqual(cpus);
      }),
    );
  });

  it('refuses a huge range before it counts it out', () => {
    const before = process.memoryUsage().heapUsed;
    for (let time = 0; time < 100; time++) expect(() => parseCpuList('0-4294967295')).toThrow(CpuListError);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(50e6);
  });
});

describe('formatCpuList', () => {
  it('joins neighbours', () => {
    expect(formatCpuList([8, 2, 1, 0, 3, 3])).toBe('0-3,8');
    expect(formatCpuList([])).toBe('');
  });

  it('is read back as it was', () => {
    const cpus = fc.uniqueArray(fc.nat(8191), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(cpus, (list) => {
        expect(parseCpuList(formatCpuList(list))).toEqual([...list].sort((a, b) => a - b));
      }),
    );
  });
});
