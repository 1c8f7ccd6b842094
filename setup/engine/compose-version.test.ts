import { expect, test } from 'vitest';
import { isComposeNewEnough } from './compose-version.ts';

test.each(['2.20.0', '2.26.1-4', 'v2.39.2', '2.24.6+ds1-0ubuntu1~22.04.1', '2.40.3-desktop.1', '5.0.0\n'])(
  '%j is new enough',
  (version) => expect(isComposeNewEnough(version)).toBe(true),
);

test.each(['1.29.2', '2.19.1', 'v2.5.0', '', 'dev', 'docker: unknown command'])('%j is not', (version) =>
  expect(isComposeNewEnough(version)).toBe(false),
);
