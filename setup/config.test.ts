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
  expect(() => readConfig({ PERCORE_INSTALL: 'no' }, '')).toThrow(/"never" or empty, but is "no"/);
});

test.each([
  ['PERCORE_REPLICAS', ['0', 'two', '99999', '1e3', '٣']],
  ['PERCORE_BIND', ['localhost', '0.0.0', '256.1.1.1', '::1', '[::1', '127.0.0.1:80', '*']],
  ['PERCORE_PORT', ['abc', '-1', '65536', '99999', '80a', '08080', '8080-8081', '8083']],
  [
    'PERCORE_LAB_PORTS',
    ['8081', '8081-8084', '8085-8081', 'a-b', '0-4', '65532-65536', '8081-8085-8089', '-'],
  ],
  ['PERCORE_BASELINE_PORT', ['abc', '70000']],
  ['PERCORE_CORES', ['9-3', 'all', '0-4294967295', '1,', '0x1']],
  ['PERCORE_ALLOW_UNPINNED', ['yes', '1', 'TRUE']],
  ['PERCORE_RESYNC_SECONDS', ['0', '5s', '3601', '-1', '0.5']],
  ['PERCORE_MAX_SUMS', ['0', 'abc', '1001', '1e2']],
  ['PERCORE_DRAIN_SECONDS', ['-1', 'abc', '3601', '2.5']],
  ['PERCORE_NGINX_WORKERS', ['0', 'auto', '1000', '-1']],
  ['PERCORE_NGINX_DIR', ['/nowhere', '/dev/null', `/${'x'.repeat(5000)}`]],
  ['PERCORE_DOCKER_SOCKET', ['docker.sock', 'tcp://127.0.0.1:2375']],
  ['PERCORE_NODE_IMAGE', ['a b', '-x', '$(x)']],
  ['PERCORE_NGINX_IMAGE', ['nginx:1 --privileged']],
  ['PERCORE_K6_IMAGE', ['!']],
  ['PERCORE_INSTALL', ['no', 'false', '0']],
])('%s with a bad value is one line with the name, the value and the fix', (name, values) => {
  for (const value of values) {
    for (const read of [
      () => readConfig({ [name]: value }, ''),
      () => readConfig({}, `${name}='${value}'\n`),
    ]) {
      expect(read, value).toThrow(SetupError);
      expect(read, value).toThrow(/^PERCORE_[A-Z0-9_]+ must .*, but is "[^\n]{1,250}: [^\n]+\.$/);
      expect(read, value).toThrow(name);
      expect(read, value).toThrow(JSON.stringify(value.slice(0, 80)).slice(0, -1));
    }
  }
});

test('values that are right are taken, at their borders', () => {
  const right = {
    PERCORE_BIND: '[::]',
    PERCORE_PORT: '65535',
    PERCORE_LAB_PORTS: '65530-65534',
    PERCORE_CORES: '0-8191',
    PERCORE_MAX_SUMS: '1000',
    PERCORE_DRAIN_SECONDS: '0',
    PERCORE_RESYNC_SECONDS: '3600',
    PERCORE_NGINX_WORKERS: '999',
    PERCORE_NODE_IMAGE: 'localhost:5000/a/node:26@sha256:0123456789abcdef',
    PERCORE_DOCKER_SOCKET: '/run/user/1000/docker.sock',
  };
  expect(readConfig(right, '')).toMatchObject({
    cores: '0-8191',
    images: { node: right.PERCORE_NODE_IMAGE },
  });
  expect(readConfig({ PERCORE_BIND: '0.0.0.0', PERCORE_PORT: '0' }, '').replicas).toBeNull();
});

test('a .env of nonsense is read as far as it is one', () => {
  const nonsense =
    '\0\xff=\n=\n==\nPERCORE_REPLICAS\nPERCORE_REPLICAS=3\n"unclosed\nexport\n# PERCORE_REPLICAS=4\n';
  expect(readConfig({}, nonsense).replicas).toBe(3);
});
