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

  test('reads what BigInt reads, up to the cap', () => {
    const digits = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 500 }),
      fc.bigInt({ min: 4_999_999_990n, max: 5_000_000_010n }).map(String),
    );
    fc.assert(
      fc.property(digits, (text) => {
        const clamped = BigInt(text) > BigInt(LARGEST_COUNT);
        expect(parseCount(text)).toEqual({ n: clamped ? LARGEST_COUNT : Number(text), clamped });
      }),
    );
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
