import { expect, test } from 'vitest';
import { readOptions } from './read-options.ts';

test('a whole run measures everything and writes the README', () => {
  expect(readOptions([])).toMatchObject({ quick: false, only: [...'abcdefgh'], rounds: 5, readme: true });
});

test.each([[['--quick']], [['--only', 'a,c']], [['--no-readme']]])('%j leaves the README alone', (args) => {
  expect(readOptions(args).readme).toBe(false);
});

test('what is wrong is named', () => {
  expect(() => readOptions(['--only', 'a,x'])).toThrow(
    '--only must name some of a,b,c,d,e,f,g,h, and has "x"',
  );
  expect(() => readOptions(['--rounds', '0'])).toThrow('--rounds must be a whole number from 1 to 99');
  expect(() => readOptions(['--fast'])).toThrow(/--fast.*npm run bench/s);
});
