import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LARGEST_COUNT, parseCount } from './parse-count.ts';

describe('parseCount', () => {
  test.each([
    ['0', 0, false],
    ['007', 7, false],
    ['5000000000', LARGEST_COUNT, false],
    ['0000000000000000005000000000', LARGEST_COUNT, false],
    ['5000000001', LARGEST_COUNT, true],
    ['9'.repeat(400), LARGEST_COUNT, true],
  ])('reads %s', (text, n, clamped) => {
    expect(parseCount(text)).toEqual({ n, clamped });
  });

  test.each([
    '',
    'abc',
    '-1',
    '+5',
    '1.5',
    '1e9',
    '0x10',
    ' 5',
    '5\n',
    '5/6',
    '1_000',
    '٣',
    '５',
    'a'.repeat(400),
    'Infinity',
  ])('refuses %j', (text) => {
    expect(parseCount(text)).toBeUndefined();
  });

  test('takes nothing but ASCII digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const digitsOnly = text !== '' && [...text].every((letter) => '0123456789'.includes(letter));
        expect(parseCount(text) !== undefined).toBe(digitsOnly);
      }),
    );
  });
});
