import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gauss } from '../testing/gauss.ts';
import { loadKernel } from './load-kernel.ts';

const sum = loadKernel();
const BLOCK = 1024;
const LARGEST = 5_000_000_000;

const around = (center: number) => [center - 1, center, center + 1];
const fromTo = (from: number, to: number) => gauss(to - 1) - (from === 0 ? 0n : gauss(from - 1));

describe('the kernel', () => {
  test.each([
    ...[0, 1, 2, 15, 16, 17],
    ...around(BLOCK),
    ...around(2 * BLOCK),
    ...around(2 ** 16),
    ...around(3 * 2 ** 16),
    ...around(262_144),
    ...[94_906_265, 94_906_266, 134_217_727, 134_217_728],
    ...around(2 ** 31),
    ...around(2 ** 32),
    ...around(LARGEST),
  ])('adds 0..%i', (n) => {
    expect(sum(0, n + 1)).toBe(gauss(n));
  });

  test('adds nothing between equal bounds', () => {
    for (const at of [0, 1, BLOCK, LARGEST]) expect(sum(at, at)).toBe(0n);
  });

  test('adds from anywhere to anywhere', () => {
    const bounds = fc.tuple(fc.integer({ min: 0, max: LARGEST }), fc.integer({ min: 0, max: 300_000 }));
    fc.assert(
      fc.property(bounds, ([from, length]) => {
        expect(sum(from, from + length)).toBe(fromTo(from, from + length));
      }),
      {
        numRuns: 1000,
      },
    );
  });

  test('adds the same in pieces as in one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 20 }),
        fc.integer({ min: 0, max: LARGEST }),
        (lengths, from) => {
          let next = from;
          let total = 0n;
          for (const length of lengths) {
            total += sum(next, next + length);
            next += length;
          }
          expect(total).toBe(sum(from, next));
        },
      ),
    );
  });
});
