import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type Answer, get } from '../http/get.ts';
import { startSteadyLoad, type TimedAnswer } from '../http/steady-load.ts';
import { cpuTicks } from '../stack/cpu-ticks.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { until } from '../stack/until.ts';
import { promise } from './promise.ts';

const SECTION = '1 Crashes';
/** Milliseconds within which a page is to be there. */
const LIMIT = 2500;
/** Milliseconds that only a replica which does not answer can cost. */
const LATE = 1500;

describe('a replica that is frozen (SIGSTOP)', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ replicas: 3 });
  });
  afterAll(() => stack?.[Symbol.asyncDispose]());

  async function whileFrozen(number: number, work: () => Promise<void>): Promise<void> {
    const pid = (await stack.replica(number)).pid as number;
    process.kill(pid, 'SIGSTOP');
    try {
      await work();
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  }

  promise(
    SECTION,
    'while one replica is frozen, / and /pid answer within 2.5 s, it is passed over, and it comes back',
    async ({ full, measured }) => {
      const seconds = full ? 30 : 8;
      const modes = ['main', 'least_conn', 'ip_hash', 'cookie'] as const;
      const loads = modes.map((mode) => startSteadyLoad(stack.urlOf(mode), { perSecond: 50 }));
      // The one to which ip_hash sends us.
      const victim = String((await get(stack.urlOf('ip_hash'))).headers['x-replica']);
      const isBack = async () => (await get(`${stack.url}/pid`)).headers['x-replica'] === victim;
      // Nginx has connections to it then, which it keeps.
      await until('it answers', isBack);
      let frozenAt = 0;
      await whileFrozen(Number(victim), async () => {
        frozenAt = performance.now();
        await delay(seconds * 1000);
      });
      await until('it is back', isBack);
      await stack.untilServedBy(3);

      for (const [index, load] of loads.entries()) {
        const { failures, answers, sent, slowest } = await load.stop();
        expect(failures).toEqual([]);
        expect(slowest).toBeLessThan(LIMIT);
        // Until the first silence has lasted 2 s, nobody can know. From then on one request in a while finds out
        // whether it is back, and no other waits.
        const late = lateAfter(answers, frozenAt + 2200);
        expect(late.length).toBeLessThanOrEqual(seconds - 2);
        const first = answers.filter(({ milliseconds }) => milliseconds > LATE).length - late.length;
        measured(
          `${modes[index]}: 0 of ${sent} failed, the slowest took ${Math.round(slowest)} ms; ${first} waited in the first 2 s, ${late.length} in the ${seconds - 2} s after`,
        );
      }
    },
  );

  promise(
    SECTION,
    'a sum on a frozen replica is not given up nor run elsewhere: it ends when the replica goes on',
    async ({ measured }) => {
      const url = `${stack.urlOf('cookie')}/api/5000000000`;
      const { headers } = await get(stack.urlOf('cookie'));
      const cookie = String(headers['set-cookie']?.[0]).split(';')[0] as string;
      const number = Number(headers['x-replica']);
      const others = (await stack.placement()).replicas.filter(({ replica }) => replica !== number);
      const ticks = () => Promise.all(others.map(({ pid }) => cpuTicks(pid as number)));
      const pid = (await stack.replica(number)).pid as number;
      const atStart = await cpuTicks(pid);
      const sums: Promise<Answer>[] = Array.from({ length: 4 }, () => get(url, { headers: { cookie } }));
      await until('it sums', async () => (await cpuTicks(pid)) > atStart + 5);
      await whileFrozen(number, async () => {
        const before = await ticks();
        await delay(4000);
        const after = await ticks();
        const used = after.map((now, index) => (now - (before[index] as number)) * 10);
        // A single one of these sums takes some hundreds.
        expect(Math.max(...used)).toBeLessThan(200);
        measured(`frozen for 4 s, the others used ${Math.max(...used)} ms of CPU time`);
      });
      for (const { status, headers, body } of await Promise.all(sums)) {
        expect([status, headers['x-replica']]).toEqual([200, String(number)]);
        expect(body).toMatch(/^Final count is 12500000002500000000 at pid: /);
      }
    },
  );
});

function lateAfter(answers: readonly TimedAnswer[], moment: number): TimedAnswer[] {
  return answers.filter(({ askedAt, milliseconds }) => askedAt > moment && milliseconds > LATE);
}
