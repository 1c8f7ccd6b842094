import { expect, test } from 'vitest';
import { toUrl } from './find-address.ts';

test.each([
  ['127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['0.0.0.0:80', 'http://127.0.0.1:80'],
  ['[::]:8080', 'http://127.0.0.1:8080'],
  ['[::1]:8080', 'http://[::1]:8080'],
  ['192.0.2.7:49153', 'http://192.0.2.7:49153'],
  ['invalid IP:0', null],
  [':0', null],
  ['', null],
])('%j is reached at %s', (published, url) => {
  expect(toUrl(published)).toBe(url);
});
