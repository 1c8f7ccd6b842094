import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type PlacementFile, parsePlacementFile } from '../placement/placement-file.ts';
import type { Config } from './config.ts';
import { DockerError } from './docker/docker-error.ts';
import { FakeMachine } from './fake-machine.ts';
import { keepPlacement } from './keep-placement.ts';
import { openPlacementStore } from './output/placement-store.ts';

let folder: string;
let machine: FakeMachine;
let config: Config;
let lines: string[];
let stop: AbortController;
const passed = vi.fn();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keep-'));
  machine = new FakeMachine(2);
  config = {
    project: 'p',
    service: 'app',
    cores: null,
    allowUnpinned: false,
    resyncMs: 5000,
    dockerSocket: '/x',
  };
  lines = [];
  stop = new AbortController();
  passed.mockClear();
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const start = () => {
  const log = (level: string, text: string) => lines.push(`${level} ${text}`);
  const around = { ...machine.surroundings(), config, log };
  return keepPlacement(around, openPlacementStore(folder), stop.signal, passed);
};
const file = (): PlacementFile => parsePlacementFile(readFileSync(join(folder, 'placement.json'), 'utf8'));
const conf = () => readFileSync(join(folder, 'replicas.conf'), 'utf8');
const states = () =>
  file().replicas.map(({ replica, core, state, listed }) => [replica, core, state, listed]);
const errors = () => lines.filter((line) => line.startsWith('error'));

it('gives Nginx a valid list before Docker was asked', async () => {
  await start();
  expect(conf()).toContain('none.sock down;');
  expect(file()).toMatchObject({ project: 'p', service: 'app', replicas: [] });
});

it('places, verifies and lists; a second pass does nothing', async () => {
  machine.run(1);
  machine.run(2, { listens: false });
  const pass = await start();
  await pass();
  expect(states()).toEqual([
    [1, 0, 'serving', true],
    [2, 1, 'placed', false],
  ]);
  expect(conf().match(/# app-\d/g)).toEqual(['# app-1']);
  expect(passed).toHaveBeenCalledTimes(1);
  const { writtenAt } = file();
  lines = [];
  machine.updates = [];
  await pass();
  expect(machine.updates).toEqual([]);
  expect(lines).toEqual([]);
  expect(file().writtenAt).toBe(writtenAt);
  expect(passed).toHaveBeenCalledTimes(2);
});

it('pins a container before it starts', async () => {
  machine.create(1);
  const pass = await start();
  await pass();
  expect(states()).toEqual([[1, 0, 'waiting', false]]);
  machine.start(1);
  machine.updates = [];
  await pass();
  expect(machine.updates).toEqual([]);
  expect(states()).toEqual([[1, 0, 'serving', true]]);
});

it('keeps core, socket and line of a crashed replica, and shows its next life', async () => {
  machine.run(1);
  machine.run(2);
  const pass = await start();
  await pass();
  const before = conf();
  const { pid } = file().replicas[0] ?? {};
  machine.crash(1);
  await pass();
  expect(states()[0]).toEqual([1, 0, 'down', true]);
  expect(file().replicas[0]).toMatchObject({ pid: null, startTicks: null });
  machine.start(1);
  await pass();
  expect(states()[0]).toEqual([1, 0, 'serving', true]);
  expect(file().replicas[0]?.pid).not.toBe(pid);
  expect(conf()).toBe(before);
});

it('calls one that served and accepts nothing now placed, and leaves it in the list', async () => {
  machine.run(1);
  const pass = await start();
  await pass();
  machine.get(1).listens = false;
  await pass();
  expect(states()).toEqual([[1, 0, 'placed', true]]);
  expect(lines.at(-1)).toContain('its socket accepts no connections');
});

it('refuses one whose list is ignored, without asking again at every event', async () => {
  machine.run(1, { pin: 'ignore' });
  const pass = await start();
  await pass();
  await pass();
  await pass();
  expect(states()).toEqual([[1, null, 'refused', false]]);
  expect(conf()).toContain('none.sock down;');
  expect(machine.updates).toHaveLength(1);
  expect(errors()).toHaveLength(1);
  expect(errors()[0]).toMatch(
    /Replica 1 cannot be pinned to core 0: .*the kernel does not have it.*on 0-1.*PERCORE_ALLOW_UNPINNED/,
  );
  vi.advanceTimersByTime(5000);
  machine.get(1).pin = 'obey';
  await pass();
  expect(states()).toEqual([[1, 0, 'serving', true]]);
  expect(lines.some((line) => line.startsWith('info No longer so: Replica 1 cannot'))).toBe(true);
});

it.each([
  ['warn', 'Docker warned: Your kernel does not support cpuset. Cpuset discarded.'],
  ['fail', 'Requested CPUs are not available'],
] as const)('tells why when Docker says %s', async (pin, why) => {
  machine.run(1, { pin });
  await (await start())();
  expect(file().replicas[0]).toMatchObject({ state: 'refused', problem: expect.stringContaining(why) });
});

it('takes a replica out of the list whose pin is lost for good', async () => {
  machine.run(1);
  const pass = await start();
  await pass();
  Object.assign(machine.get(1), { pin: 'fail', cpuset: '', allowed: '0-1' });
  await pass();
  expect(states()).toEqual([[1, null, 'refused', false]]);
  expect(conf()).toContain('none.sock down;');
});

it('serves it all the same when that is allowed, and says so', async () => {
  config = { ...config, allowUnpinned: true };
  machine.run(1, { pin: 'ignore' });
  await (await start())();
  expect(states()).toEqual([[1, null, 'unpinned', true]]);
  expect(errors()).toHaveLength(1);
});

it('repairs and reports a list changed by somebody else', async () => {
  machine.run(1);
  const pass = await start();
  await pass();
  Object.assign(machine.get(1), { cpuset: '0-1', allowed: '0-1' });
  lines = [];
  await pass();
  expect(states()).toEqual([[1, 0, 'serving', true]]);
  expect(machine.get(1)).toMatchObject({ cpuset: '0', allowed: '0' });
  expect(lines).toEqual([
    expect.stringMatching(/^warn Replica 1 .* taken off core 0 .*"0-1", the kernel's 0-1/),
  ]);
});

it('does not mix up two lives when one restarts while it is pinned', async () => {
  machine.run(1);
  machine.onUpdate = () => {
    machine.crash(1);
    machine.start(1);
  };
  await (await start())();
  const { pid, ticks } = machine.get(1);
  expect(file().replicas[0]).toMatchObject({ pid, startTicks: ticks, core: 0, state: 'serving' });
});

it('says so when the kernel cannot be asked', async () => {
  machine.run(1, { hidden: true });
  await (await start())();
  expect(file().replicas[0]).toMatchObject({
    state: 'refused',
    problem: expect.stringContaining('pid: host'),
  });
});

it('says loudly, once per change, that replicas share cores', async () => {
  for (const n of [1, 2, 3]) machine.run(n);
  const pass = await start();
  await pass();
  await pass();
  expect(errors()).toEqual([expect.stringContaining('3 replicas share 2 cores:')]);
  expect(file().oversubscribed).toBe(true);
  machine.remove(1);
  await pass();
  expect(file()).toMatchObject({ oversubscribed: false, problems: [] });
  expect(states()).toEqual([
    [2, 1, 'serving', true],
    [3, 0, 'serving', true],
  ]);
});

it('changes nothing while Docker is silent, and says so in the log and in the file', async () => {
  machine.run(1);
  const pass = await start();
  await pass();
  const before = [states(), conf()];
  machine.failure = new DockerError('Docker does not answer');
  await pass();
  await pass();
  expect([states(), conf()]).toEqual(before);
  expect(file().problems).toEqual(['The replicas cannot be looked after: Docker does not answer.']);
  expect(errors()).toHaveLength(1);
  expect(passed).toHaveBeenCalledTimes(1);
  machine.failure = null;
  await pass();
  expect(file().problems).toEqual([]);
});

it('goes on where an earlier pinner ended, without an update or a write', async () => {
  for (const n of [1, 2, 3, 4]) machine.run(n);
  await (await start())();
  machine.crash(4);
  machine.remove(1);
  await (await start())();
  const { writtenAt } = file();
  machine.updates = [];
  await (await start())();
  expect(machine.updates).toEqual([]);
  expect(file().writtenAt).toBe(writtenAt);
});

it('takes over what runs when the placement is unreadable, without emptying the list meanwhile', async () => {
  machine.run(1);
  machine.run(2);
  await (await start())();
  const before = [states(), conf()];
  writeFileSync(join(folder, 'placement.json'), '{"version":9}');
  machine.updates = [];
  lines = [];
  const pass = await start();
  expect(conf()).toBe(before[1]);
  expect(lines).toEqual([expect.stringMatching(/^warn The earlier .* has version 9/)]);
  machine.failure = new DockerError('down');
  await pass();
  expect(conf()).toBe(before[1]);
  machine.failure = null;
  await pass();
  expect([states(), conf()]).toEqual(before);
  expect(machine.updates).toEqual([]);
});

it('lives on when it cannot write, says so once, and writes when it can again', async () => {
  const pass = await start();
  machine.run(1);
  rmSync(folder, { recursive: true });
  await pass();
  await pass();
  expect(errors()).toEqual([expect.stringMatching(/placement\.json cannot be written: ENOENT/)]);
  expect(passed).not.toHaveBeenCalled();
  folder = mkdtempSync(folder);
  const next = await start();
  await next();
  expect(states()).toEqual([[1, 0, 'serving', true]]);
});

it('leaves the files as they are once it stops', async () => {
  machine.run(1);
  const pass = await start();
  const before = [states(), conf()];
  stop.abort();
  await pass();
  machine.failure = new DockerError('aborted');
  await pass();
  expect([states(), conf()]).toEqual(before);
  expect(lines).toEqual([]);
});

it('looks after the others when Docker is silent about one, which keeps what it had', async () => {
  machine.run(1);
  machine.run(2);
  const pass = await start();
  await pass();
  machine.get(1).silent = true;
  machine.crash(2);
  machine.start(2);
  machine.run(3, { silent: true });
  const list = conf();
  await pass();
  expect(states()).toEqual([
    [1, 0, 'serving', true],
    [2, 1, 'serving', true],
    [3, null, 'waiting', false],
  ]);
  expect(file().replicas[1]?.pid).toBe(machine.get(2).pid);
  expect(conf()).toBe(list);
  expect(errors()).toContainEqual(expect.stringMatching(/Nothing new is known of replica 1 .*not answer/));
  machine.get(1).silent = false;
  await pass();
  expect(file().replicas[0]?.problem).toBeNull();
});

it('asks no more about one that waits for its start, as Docker cannot answer during it', async () => {
  machine.create(1);
  const pass = await start();
  await pass();
  machine.inspected = [];
  await pass();
  expect(machine.inspected).toEqual([]);
  machine.start(1);
  await pass();
  expect(states()).toEqual([[1, 0, 'serving', true]]);
});

it('leaves out what Compose did not number, and one-off containers', async () => {
  machine.run(1, { labels: { 'com.docker.compose.oneoff': 'True' } });
  machine.run(2, { labels: { 'com.docker.compose.container-number': 'x; evil' } });
  await (await start())();
  expect(states()).toEqual([]);
  expect(errors()).toEqual([
    expect.stringContaining('must have a label com.docker.compose.container-number'),
  ]);
});
