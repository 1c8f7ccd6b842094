import { expect, test } from 'vitest';
// @ts-expect-error: plain JavaScript, for a Node that cannot read TypeScript
import { findDifference as untyped } from './compare-locks.mjs';

const findDifference = untyped as (
  wanted: string | null,
  installed: string | null,
  exists: (location: string) => boolean,
) => string | null;

const lock = (packages: Record<string, object>) => JSON.stringify({ packages });
const one = { version: '1.0.0', integrity: 'sha512-one' };
const wanted = lock({
  '': {},
  app: {},
  'node_modules/one': one,
  'node_modules/mac': { ...one, optional: true },
});
const all = () => true;

test('the same packages need nothing, and those of other systems are not missed', () => {
  expect(findDifference(wanted, lock({ app: {}, 'node_modules/one': one }), all)).toBeNull();
});

test.each([
  ['none are here', null],
  ['one is new', lock({})],
  ['one is new', 'not JSON'],
  ['one has changed', lock({ 'node_modules/one': { ...one, version: '1.0.1' } })],
  ['one has changed', lock({ 'node_modules/one': { ...one, integrity: 'sha512-other' } })],
])('%s', (difference, installed) => {
  expect(findDifference(wanted, installed, all)).toBe(difference);
});

test('a package whose folder is gone is missing', () => {
  expect(findDifference(wanted, lock({ 'node_modules/one': one }), () => false)).toBe('one is missing');
});
