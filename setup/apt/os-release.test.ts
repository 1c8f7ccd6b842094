import { expect, test } from 'vitest';
import { parseOsRelease } from './os-release.ts';

test('Debian 12', () => {
  const text =
    'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nID=debian\n';
  expect(parseOsRelease(text)).toEqual({
    id: 'debian',
    like: [],
    major: 12,
    codename: 'bookworm',
    prettyName: 'Debian GNU/Linux 12 (bookworm)',
  });
});

test('Debian testing has no number', () => {
  expect(parseOsRelease('ID=debian\nVERSION_CODENAME=forky\n').major).toBeNull();
});

test("a descendant's ancestors", () => {
  const mint = parseOsRelease('ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="22.1"\n');
  expect(mint).toMatchObject({ id: 'linuxmint', like: ['ubuntu', 'debian'], major: 22 });
});

test('an empty file', () => {
  expect(parseOsRelease('')).toMatchObject({ id: '', like: [], major: null, codename: '' });
});
