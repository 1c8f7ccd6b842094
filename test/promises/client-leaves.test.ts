import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import type { PlacedReplica } from '../../placement/placement-file.ts';
import { type Answer, get } from '../http/get.ts';
import { type Door, startSums } from '../http/start-sums.ts';
import { type Mode, NGINX_MODES } from '../stack/choose-ports.ts';
import { cpuMilliseconds, millisecondsUntilQuiet } from '../stack/cpu-time.ts';
import { replicaSocket } from '../stack/replica-socket.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { until } from '../stack/until.ts';
import { promise } from './promise.ts';

const SECTION = '3 Clients';

/** Nginx asks elsewhere in the first 2 s only (nginx/http/long-sums.conf); then a sum is slow. */
const SLOW_SECONDS = 2.2;

/** Of CPU, in which a replica answers what else it is asked; the shortest of the sums here takes over 250. */
const QUIET_MILLISECONDS = 100;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ replicas: 2, environment: { PERCORE_MAX_SUMS: '40' } });
});
afterAll(() => stack?.[Symbol.asyncDispose]());

async function replicas(): Promise<PlacedReplica[]> {
  return (await stack.placement()).replicas;
}

function doorOf(mode: Mode): Door {
  const { hostname, port } = new URL(stack.urlOf(mode));
  return { host: hostname, port: Number(port) };
}

promise(SECTION, 'A client leaves: the loop stops within 200 ms', async ({ full, measured }) => {
  const [first] = await replicas();
  const doors: Record<string, Door> = {
    "the replica's own socket": { path: replicaSocket(first as PlacedReplica) },
  };
  for (const mode of NGINX_MODES) doors[`port ${mode}`] = doorOf(mode);
  for (const [name, door] of Object.entries(doors)) {
    const times: number[] = [];
    for (let round = 0; round < (full ? 20 : 2); round += 1) {
      const pids = (await replicas()).map(({ pid }) => pid as number);
      const before = await Promise.all(pids.map(cpuMilliseconds));
      // Some 10 s of work for one core.
      const sums = await startSums(door, 30);
      let busy: number[] = [];
      await until('the loop runs', async () => {
        const now = await Promise.all(pids.map(cpuMilliseconds));
        busy = pids.filter((_, index) => (now[index] as number) - (before[index] as number) > 100);
        return busy.length > 0;
      });
      expect(sums.over()).toBe(0);
      sums.leave(round % 2 === 0 ? 'close' : 'reset');
      times.push(Math.max(...(await Promise.all(busy.map(millisecondsUntilQuiet)))));
    }
    for (const time of times) expect(time).toBeLessThan(200);
    measured(`${name}: ${Math.round(Math.max(...times))} ms at most in ${times.length}`);
  }
});

/** A sum through a port that has run for SLOW_SECONDS, on a replica that has too much to do to end it. */
async function startSlowSum(mode: Mode) {
  const [slow, other] = (await replicas()) as [PlacedReplica, PlacedReplica];
  const background = await startSums({ path: replicaSocket(slow) }, 35);
  for (let client = 1; ; client += 1) {
    // One client after the other, until one comes to the busy replica; the others are answered soon.
    const answer = get(`${stack.urlOf(mode)}/api/5000000000`, {
      headers: { 'x-forwarded-for': `192.0.${client}.1` },
    }).catch((error: Error) => error);
    const soon = await Promise.race([answer, delay(SLOW_SECONDS * 1000, null)]);
    if (soon === null) return { slow, other, background, answer };
    expect(soon).toMatchObject({ status: 200, headers: { 'x-replica': String(other.replica) } });
    expect(client).toBeLessThan(20);
  }
}

async function untilBack(replica: PlacedReplica): Promise<void> {
  await until('the replica is back', async () => {
    const now = await stack.replica(replica.replica);
    return now.state === 'serving' && now.pid !== replica.pid;
  });
}

promise(
  SECTION,
  'A slow sum is never run a second time elsewhere when its replica is killed: the client is told with 502',
  async ({ full, measured }) => {
    const modes = full ? NGINX_MODES : (['main', 'ip_hash'] as const);
    let most = 0;
    for (const mode of modes) {
      const { slow, other, answer } = await startSlowSum(mode);
      const before = await cpuMilliseconds(other.pid as number);
      process.kill(slow.pid as number, 'SIGKILL');
      const told = await answer;
      // Long enough for a sum that was begun after all to show.
      await delay(500);
      const used = (await cpuMilliseconds(other.pid as number)) - before;
      most = Math.max(most, used);
      expect(used).toBeLessThan(QUIET_MILLISECONDS);
      // Port 8085 passes on bytes and cannot answer in the replica's place.
      if (mode === 'per_connection') expect(told).toBeInstanceOf(Error);
      else expect(told).toMatchObject({ status: 502, body: expect.stringContaining('was not repeated') });
      await untilBack(slow);
    }
    measured(
      `${modes.length} ports: the other replica used ${most.toFixed(1)} ms of CPU meanwhile; a sum takes over 250`,
    );
  },
);

promise(
  SECTION,
  'A slow sum is never run a second time elsewhere when its replica freezes: the client has its answer when it thaws, or 504 after 60 s',
  async ({ full, measured }) => {
    for (const [mode, seconds] of full
      ? ([
          ['main', 4],
          ['round_robin', 65],
          ['per_connection', 4],
        ] as const)
      : ([['main', 4]] as const)) {
      const { slow, other, answer, background } = await startSlowSum(mode);
      const before = await cpuMilliseconds(other.pid as number);
      process.kill(slow.pid as number, 'SIGSTOP');
      let used: number;
      try {
        await delay(seconds * 1000);
        used = (await cpuMilliseconds(other.pid as number)) - before;
      } finally {
        process.kill(slow.pid as number, 'SIGCONT');
      }
      expect(used).toBeLessThan(QUIET_MILLISECONDS);
      const told = (await answer) as Answer;
      background.leave('close');
      expect(told.status).toBe(seconds > 60 ? 504 : 200);
      if (told.status === 200) expect(told.headers['x-replica']).toBe(String(slow.replica));
      measured(
        `port ${mode}, frozen for ${seconds} s: ${told.status}; the other replica used ${used.toFixed(1)} ms of CPU`,
      );
    }
  },
);

promise(
  SECTION,
  'A sum that a replica refuses, as it has as many as it may, is not passed on to another',
  async ({ measured }) => {
    const [busy, other] = (await replicas()) as [PlacedReplica, PlacedReplica];
    const sums = await startSums({ path: replicaSocket(busy) }, 40);
    let refused = 0;
    for (let turn = 0; turn < 4; turn += 1) {
      const before = await cpuMilliseconds(other.pid as number);
      const answer = await get(`${stack.urlOf('round_robin')}/api/5000000000`);
      const used = (await cpuMilliseconds(other.pid as number)) - before;
      if (answer.status === 200) continue;
      expect(answer.status).toBe(503);
      expect(answer.headers['x-replica']).toBe(String(busy.replica));
      expect(answer.headers['retry-after']).toMatch(/^\d+$/);
      expect(used).toBeLessThan(QUIET_MILLISECONDS);
      refused += 1;
    }
    expect(sums.over()).toBe(0);
    sums.leave('close');
    expect(refused).toBe(2);
    measured('2 of 4 in turn answered with 503 by the replica that was full');
  },
);
