import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { get } from '../http/get.ts';
import { startSteadyLoad } from '../http/steady-load.ts';
import { HTTP_MODES } from '../stack/choose-ports.ts';
import { killNow, killReplicas, untilBack } from '../stack/kill-replica.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { until } from '../stack/until.ts';
import { loadEveryMode } from './load-every-mode.ts';
import { promise } from './promise.ts';

const SECTION = '1 Crashes';
const REPLICAS = 4;

describe('replicas that are killed', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ replicas: REPLICAS });
  });
  afterAll(() => stack?.[Symbol.asyncDispose]());

  async function killAndAwait(numbers: number[]): Promise<void> {
    await untilBack(stack, numbers, await killReplicas(stack, numbers));
    await stack.untilServedBy(REPLICAS);
  }

  promise(
    SECTION,
    'kill -9 of one replica at 200 GETs/s on the port of every HTTP mode: none fails',
    async ({ full, measured }) => {
      const victims = full ? [1, 2, 3, 4, 1, 2, 3, 4] : [1, 2];
      const load = loadEveryMode(stack, 200);
      for (const victim of victims) await killAndAwait([victim]);
      const { sent, failures, seconds, slowest } = await load.stop();
      expect(failures).toEqual([]);
      const rate = Math.round(sent / seconds / HTTP_MODES.length);
      measured(
        `${victims.length} killed, 0 of ${sent} GETs failed (${rate}/s on each of ${HTTP_MODES.length} ports), the slowest took ${Math.round(slowest)} ms`,
      );
    },
  );

  promise(
    SECTION,
    'kill -9 of one replica at 200 connections/s on the port per connection: none is lost but those in flight',
    async ({ full, measured }) => {
      let inFlight = 0;
      const victims = full ? [1, 2, 3, 4, 1, 2, 3, 4] : [3, 4];
      const load = startSteadyLoad(stack.urlOf('per_connection'), { perSecond: 200, keepAlive: false });
      for (const victim of victims) {
        const pid = (await stack.replica(victim)).pid as number;
        inFlight += load.connections();
        killNow(pid);
        await untilBack(stack, [victim], [pid]);
        await stack.untilServedBy(REPLICAS);
      }
      const { sent, failures } = await load.stop();
      expect(failures.length).toBeLessThanOrEqual(inFlight);
      for (const failure of failures) expect(failure).toMatch(/ECONNRESET|socket hang up/);
      measured(`${victims.length} killed, ${failures.length} of ${sent} failed, ${inFlight} were in flight`);
    },
  );

  promise(
    SECTION,
    'kill -9 of two replicas at once, and of all but one: no GET fails',
    async ({ full, measured }) => {
      const groups = full
        ? [
            [1, 2],
            [3, 4],
            [2, 3, 4],
            [1, 2, 3],
          ]
        : [
            [1, 2],
            [1, 3, 4],
          ];
      for (const group of groups) {
        const load = loadEveryMode(stack, 40);
        await killAndAwait(group);
        const { sent, failures, slowest } = await load.stop();
        expect(failures).toEqual([]);
        measured(
          `${group.length} of ${REPLICAS} killed: 0 of ${sent} failed, the slowest took ${Math.round(slowest)} ms`,
        );
      }
    },
  );

  promise(
    SECTION,
    'when no replica is left, 503 with Retry-After within 1 s on the port of every HTTP mode',
    async ({ full, measured }) => {
      const { replicas } = await stack.placement();
      const containers = replicas.map(({ container }) => container);
      // Else Docker brings them back, and the requests that wait are answered.
      await execa('docker', ['update', '--restart', 'no', ...containers]);
      await killReplicas(stack, [1, 2, 3, 4]);
      let slowest = 0;
      let answered = 0;
      for (let round = 0; round < (full ? 20 : 3); round += 1) {
        await Promise.all(
          HTTP_MODES.map(async (mode) => {
            const askedAt = performance.now();
            const { status, headers } = await get(`${stack.urlOf(mode)}/pid`);
            slowest = Math.max(slowest, performance.now() - askedAt);
            answered += 1;
            expect([mode, status, headers['retry-after']]).toEqual([mode, 503, '1']);
          }),
        );
      }
      expect(slowest).toBeLessThan(1000);
      await expect(get(`${stack.urlOf('per_connection')}/pid`)).rejects.toThrow(/socket hang up|ECONNRESET/);
      measured(`${answered} refused, the slowest after ${Math.round(slowest)} ms`);

      await execa('docker', ['update', '--restart', 'unless-stopped', ...containers]);
      await stack.compose('start', 'app');
      await until('they serve again', async () => (await get(`${stack.url}/pid`)).status === 200);
      await stack.untilServedBy(REPLICAS);
    },
  );
});
