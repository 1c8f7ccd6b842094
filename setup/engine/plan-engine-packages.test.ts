import { expect, test } from 'vitest';
import { parseOsRelease } from '../apt/os-release.ts';
import { planEnginePackages } from './plan-engine-packages.ts';

const plan = (text: string, lack: Parameters<typeof planEnginePackages>[1] = 'engine') =>
  planEnginePackages(parseOsRelease(text), lack);

test.each([
  ['ID=debian\nVERSION_ID="11"', 'trixie'],
  ['ID=debian\nVERSION_ID="12"', 'trixie'],
  ['ID=debian\nVERSION_ID="13"', null],
  ['ID=debian\nVERSION_ID="14"', null],
  ['ID=debian', null],
  ['ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"', null],
  ['ID=raspbian\nID_LIKE=debian\nVERSION_ID="12"', null],
])('%j takes its engine from %s', (text, release) => {
  expect(plan(text).release).toBe(release);
});

test('the names are those of the system', () => {
  expect(plan('ID=debian\nVERSION_ID="13"').packages).toContain('docker-compose');
  expect(plan('ID=linuxmint\nID_LIKE="ubuntu debian"').packages).toContain('docker-compose-v2');
});

test('a lack of Compose brings no engine', () => {
  expect(plan('ID=debian\nVERSION_ID="12"', 'compose').packages).toEqual(['docker-compose', 'docker-buildx']);
});
