import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type Asked, askAtRate } from '../http/ask-at-rate.ts';
import { get } from '../http/get.ts';
import { measureLatency, percentile } from '../http/measure-latency.ts';
import { openConnections } from '../http/open-connections.ts';
import { NGINX_MODES } from '../stack/choose-ports.ts';
import { type NginxAddress, pastPortProxy } from '../stack/past-port-proxy.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { until } from '../stack/until.ts';
import { promise } from './promise.ts';

/** What Nginx's one worker holds (nginx.conf). */
const WORKER_CONNECTIONS = 10_000;

describe('overload', () => {
  let stack: Stack;
  let nginx: NginxAddress;
  beforeAll(async () => {
    // One worker, so that how much Nginx holds does not depend on the machine.
    stack = await startStack({ replicas: 2, environment: { PERCORE_NGINX_WORKERS: '1' } });
    nginx = await pastPortProxy(stack);
  });
  afterAll(() => stack?.[Symbol.asyncDispose]());

  /** Every refusal says when to come back. @returns how long each took, in milliseconds */
  function refusals({ answers }: Asked): number[] {
    const refused = answers.filter(({ status }) => status !== 200);
    for (const answer of refused) {
      expect(answer).toMatchObject({
        status: 503,
        headers: { 'retry-after': '1', 'content-type': 'application/problem+json' },
      });
    }
    return refused.map(({ milliseconds }) => milliseconds);
  }

  const untilRecovered = async (what: string): Promise<string> => {
    const since = performance.now();
    await until(
      `${what}: a sum is answered again`,
      async () => (await get(`${nginx.urlOf('main')}/api/1000000`)).status === 200,
      { seconds: 1 },
    );
    return `served again after ${Math.ceil(performance.now() - since)} ms`;
  };

  promise(
    '3 Clients',
    'Far more sums than the cap: those above it get 503 with Retry-After, and /pid its answer, half of them within 20 ms, nine in ten within 100 ms',
    async ({ full, measured }) => {
      const url = nginx.urlOf('main');
      const seconds = full ? 15 : 3;
      const [sums, pid] = await Promise.all([
        askAtRate(`${url}/api/5000000000`, { perSecond: 200, seconds, patience: 0 }),
        measureLatency(`${url}/pid`, { perSecond: 100, windows: 1, windowSeconds: seconds }),
      ]);
      const refused = refusals(sums);
      expect(sums.failures).toEqual([]);
      expect(refused.length).toBeGreaterThan(100 * seconds);
      expect(percentile(refused, 50)).toBeLessThan(20);
      expect(percentile(refused, 90)).toBeLessThan(100);
      expect(pid.failures).toEqual([]);
      expect(pid.median).toBeLessThan(20);
      expect(pid.p90).toBeLessThan(100);
      const recovered = await untilRecovered('after the sums');
      const ms = (values: readonly number[], percent: number) => percentile(values, percent).toFixed(1);
      measured(
        `${refused.length} of ${200 * seconds} sums refused, median ${ms(refused, 50)} ms, p99 ${ms(refused, 99)} ms`,
      );
      measured(`/pid median ${pid.median.toFixed(1)} ms, p99 ${pid.p99.toFixed(1)} ms; ${recovered}`);
    },
  );

  promise(
    '3 Clients',
    'More requests than can be served: each gets its answer or 503 with Retry-After, within 2.5 s, and a second later all is as before',
    async ({ full, measured }) => {
      const seconds = full ? 15 : 3;
      // A sum of some 15 ms of a core.
      const asked = await askAtRate(`${nginx.urlOf('main')}/api/200000000`, {
        perSecond: 1000,
        seconds,
        patience: 2.5,
      });
      const refused = refusals(asked);
      expect(asked).toMatchObject({ failures: [], unfinished: 0 });
      const most = Math.max(...asked.answers.map(({ milliseconds }) => milliseconds));
      expect(most).toBeLessThan(2500);
      expect(refused.length).toBeGreaterThan(0);
      const recovered = await untilRecovered('after the requests');
      measured(
        `of ${asked.answers.length} requests (${Math.round(asked.answers.length / seconds)} a second) ${refused.length} were refused; slowest answer ${Math.round(most)} ms; ${recovered}`,
      );
    },
  );

  promise(
    '3 Clients',
    'More connections than Nginx holds: those that send nothing more make room, and everybody else is answered, on every port',
    async ({ measured }) => {
      const main = { host: nginx.host, port: nginx.portOf('main') };
      const wanted = WORKER_CONNECTIONS + 1000;
      // The beginning of a request, and never its end.
      const slow = await openConnections(main, wanted, 'GET / HTTP/1.1\r\n');
      const times: number[] = [];
      for (let time = 0; time < 20; time += 1) {
        for (const mode of NGINX_MODES) {
          const askedAt = performance.now();
          expect((await get(`${nginx.urlOf(mode)}/pid`)).status, mode).toBe(200);
          times.push(performance.now() - askedAt);
        }
      }
      const open = slow.open();
      slow.leave();
      expect(open).toBeGreaterThan(0.9 * WORKER_CONNECTIONS);
      measured(
        `${wanted} came, ${open} were left; ${times.length} new connections meanwhile were answered, the slowest in ${Math.ceil(Math.max(...times))} ms; ${await untilRecovered('after the connections')}`,
      );
    },
  );
});
