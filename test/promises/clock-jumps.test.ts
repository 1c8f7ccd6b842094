import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { findLibfaketime } from '../../setup/ensure-libfaketime.ts';
import { get } from '../http/get.ts';
import { startSteadyLoad } from '../http/steady-load.ts';
import { killReplicas, untilBack } from '../stack/kill-replica.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { until } from '../stack/until.ts';
import { promise } from './promise.ts';

const LIBRARY = '/faketime/libfaketime.so.1';
const DAY_MILLISECONDS = 86_400_000;

interface Clocks {
  /** What the containers' programs take for the time, against this machine's, in days. */
  setTo(days: number): Promise<void>;
  readonly override: object;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A clock of their own for the programs of a stack. Its time that only goes on, which no clock sets, stays the kernel's. */
async function fakeClocks(): Promise<Clocks> {
  const library = findLibfaketime();
  if (library === null)
    throw new Error('libfaketime is not installed; npm test and npm run promises see to it.');
  const folder = await mkdtemp(join(tmpdir(), 'percore-clock-'));
  await chmod(folder, 0o755);
  const file = join(folder, 'faketimerc');
  // In place: the file is mounted. The library looks for it here when a program (Nginx) has dropped its environment.
  const setTo = (days: number) => writeFile(file, `${days < 0 ? '' : '+'}${days}d\n`);
  await setTo(0);
  const service = {
    volumes: [`${library}:${LIBRARY}:ro`, `${file}:/etc/faketimerc:ro`],
    environment: { LD_PRELOAD: LIBRARY, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' },
  };
  return {
    setTo,
    override: { services: { app: service, pinner: service, nginx: service } },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** Waits until Nginx and a replica say in their Date headers that it is so many days later than it is. */
async function untilJumped(stack: Stack, days: number): Promise<void> {
  const isDaysOff = async (url: string) => {
    const { headers } = await get(`${url}/pid`);
    return Math.abs(Date.parse(String(headers.date)) - Date.now() - days * DAY_MILLISECONDS) < 10_000;
  };
  await until(`the clocks are ${days} days off`, async () => {
    return (await isDaysOff(stack.url)) && (await isDaysOff(stack.urlOf('per_connection')));
  });
}

promise(
  '4 Docker, the pinner and the disk',
  'the clock jumps a day ahead and two days back: 0 of 200 GETs/s fail, and a replica that crashes just then serves again',
  async ({ measured }) => {
    await using clocks = await fakeClocks();
    await using stack = await startStack({ replicas: 2, override: clocks.override });
    await untilJumped(stack, 0);
    const load = startSteadyLoad(stack.url, { perSecond: 200 });
    const jumps = [1, -1, 0];
    let slowest = 0;
    for (const days of jumps) {
      const killed = await killReplicas(stack, [1]);
      await clocks.setTo(days);
      const since = performance.now();
      await untilJumped(stack, days);
      await untilBack(stack, [1], killed);
      await until('Nginx passes it over no longer', async () => {
        return (await get(`${stack.url}/pid`)).headers['x-replica'] === '1';
      });
      slowest = Math.max(slowest, performance.now() - since);
    }
    const { sent, failures } = await load.stop();
    expect(failures).toEqual([]);
    expect((await stack.placement()).problems).toEqual([]);
    const log = await stack.compose('logs', '--no-log-prefix', 'nginx');
    expect(log).toMatch(/reloaded, as the clock was set back/);
    measured(
      `${jumps.length} jumps, 0 of ${sent} failed; the crashed replica served at most ${(slowest / 1000).toFixed(1)} s later`,
    );
  },
);
