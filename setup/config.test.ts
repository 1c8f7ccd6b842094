import { expect, test } from 'vitest';
import { writeOwnBlock } from './base-images/own-env-block.ts';
import { readConfig } from './config.ts';
import { SetupError } from './setup-error.ts';

test('nothing set', () => {
  expect(readConfig({}, '')).toMatchObject({ replicas: null, cores: '', mayInstall: true, images: {} });
});

test('the environment goes before .env, as with Compose', () => {
  const dotEnv = 'PERCORE_REPLICAS=3\nPERCORE_CORES=1-3\n';
  expect(readConfig({ PERCORE_REPLICAS: '5' }, dotEnv)).toMatchObject({ replicas: 5, cores: '1-3' });
});

test("an image is the user's choice only outside of our lines", () => {
  const dotEnv = writeOwnBlock('PERCORE_NGINX_IMAGE=mine:1\n', {
    PERCORE_NODE_IMAGE: 'percore-base/node:26',
  });
  expect(readConfig({}, dotEnv).images).toEqual({ nginx: 'mine:1' });
  expect(readConfig({ PERCORE_NODE_IMAGE: 'node:26' }, dotEnv).images).toEqual({
    nginx: 'mine:1',
    node: 'node:26',
  });
});

test.each(['0', '-1', '1.5', '1e3', 'two', '10000'])('PERCORE_REPLICAS=%s is refused by name', (value) => {
  expect(() => readConfig({ PERCORE_REPLICAS: value }, '')).toThrow(SetupError);
  expect(() => readConfig({ PERCORE_REPLICAS: value }, '')).toThrow(
    `PERCORE_REPLICAS must be a whole number`,
  );
});

test('PERCORE_INSTALL knows one word', () => {
  expect(readConfig({ PERCORE_INSTALL: 'never' }, '').mayInstall).toBe(false);
  expect(() => readConfig({ PERCORE_INSTALL: 'no' }, '')).toThrow(/"never" or empty, and is "no"/);
});
