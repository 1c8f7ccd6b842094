import { expect, test } from 'vitest';
import { isComposeNewEnough, isEngineNewEnough } from './versions.ts';

test.each(['2.20.0', '2.26.1-4', 'v2.39.2', '2.24.6+ds1-0ubuntu1~22.04.1', '2.40.3-desktop.1', '5.0.0\n'])(
  '%j is new enough',
  (version) => expect(isComposeNewEnough(version)).toBe(true),
);

test.each(['1.29.2', '2.19.1', 'v2.5.0', '', 'dev', 'docker: unknown command'])('%j is not', (version) =>
  expect(isComposeNewEnough(version)).toBe(false),
);

test.each([
  ['26.1.5+dfsg1', true],
  ['25.0.0', true],
  ['28.2.2', true],
  ['24.0.9', false],
  ['20.10.24+dfsg1', false],
  ['', false],
])('engine %j: %s', (version, expected) => expect(isEngineNewEnough(version)).toBe(expected));
