import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type Answer, get } from '../http/get.ts';
import { openConnections } from '../http/open-connections.ts';
import { HTTP_MODES } from '../stack/choose-ports.ts';
import { editNginx } from '../stack/edit-nginx.ts';
import { type NginxAddress, pastPortProxy } from '../stack/past-port-proxy.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { until } from '../stack/until.ts';
import { promise } from './promise.ts';

/** A request whose body does not come: in progress for 5 s. */
const WAITING = 'POST /pid HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n';

const TOO_MANY = {
  status: 429,
  headers: { 'retry-after': '1', 'content-type': 'application/problem+json' },
  body: expect.stringMatching(/"title":"Too Many Requests","status":429,"detail":"This client address /),
};

describe('limits per client address', () => {
  let stack: Stack;
  let nginx: NginxAddress;
  beforeAll(async () => {
    stack = await startStack({ replicas: 2, environment: { PERCORE_NGINX_WORKERS: '1' } });
    nginx = await pastPortProxy(stack);
    // Behind a proxy that is named, a client is who it says.
    await editNginx(stack, 'trusted-proxies.conf', (text) => `${text}\nset_real_ip_from 0.0.0.0/0;\n`);
  });
  afterAll(() => stack?.[Symbol.asyncDispose]());

  const ask = (client: string, url = stack.url): Promise<Answer> =>
    get(`${url}/pid`, { headers: { 'x-forwarded-for': client } });

  promise(
    '3 Clients',
    'A rate that is uncommented is kept: above it 429 with Retry-After, nobody else is touched, and the lab has none',
    async ({ measured }) => {
      await editNginx(stack, 'client-limits.conf', (text) =>
        text.replace('#limit_req zone=10_per_second', 'limit_req zone=10_per_second'),
      );
      const answers = await Promise.all(Array.from({ length: 200 }, () => ask('198.51.100.1')));
      const refused = answers.filter(({ status }) => status !== 200);
      // 21 at once, and one more for each 100 ms that they took.
      expect(answers.length - refused.length).toBeGreaterThanOrEqual(21);
      expect(answers.length - refused.length).toBeLessThan(60);
      for (const answer of refused) expect(answer).toMatchObject(TOO_MANY);
      expect((await ask('198.51.100.2')).status).toBe(200);
      const lab = await Promise.all(
        Array.from({ length: 200 }, () => ask('198.51.100.1', stack.urlOf('round_robin'))),
      );
      expect(lab.filter(({ status }) => status !== 200)).toEqual([]);

      await editNginx(stack, 'client-limits.conf', (text) => text.replace('\nlimit_req', '\n#limit_req'));
      const unlimited = await Promise.all(Array.from({ length: 200 }, () => ask('198.51.100.1')));
      expect(unlimited.filter(({ status }) => status !== 200)).toEqual([]);
      measured(`10 a second, 200 at once: ${refused.length} refused; another address: 0`);
    },
  );

  promise(
    '3 Clients',
    'As shipped, an address has 2000 requests in progress at most on the main port: above it 429, nobody else is touched',
    async ({ measured }) => {
      const main = { host: nginx.host, port: nginx.portOf('main') };
      const from = WAITING.replace('\r\n\r\n', '\r\nX-Forwarded-For: 198.51.100.1\r\n\r\n');
      const waiting = await openConnections(main, 2100, from);
      await until('those above the limit are refused', async () => waiting.received().length >= 100);
      expect(waiting.received()).toHaveLength(100);
      for (const text of waiting.received())
        expect(text).toMatch(/^HTTP\/1\.1 429 [\s\S]*\r\nRetry-After: 1\r\n/);
      expect(await ask('198.51.100.1')).toMatchObject(TOO_MANY);
      expect((await ask('198.51.100.2')).status).toBe(200);
      waiting.leave();
      const leftAt = performance.now();
      await until('the address is served again', async () => (await ask('198.51.100.1')).status === 200, {
        seconds: 1,
      });
      measured(
        `of 2,100 requests 100 were refused; served again ${Math.round(performance.now() - leftAt)} ms after they left`,
      );
    },
  );

  promise(
    '3 Clients',
    'As shipped, an address has 2000 connections at most on the port per connection: more are closed at once, and the other ports do not notice',
    async ({ measured }) => {
      const port = { host: nginx.host, port: nginx.portOf('per_connection') };
      const connections = await openConnections(port, 2300);
      await until('those above the limit are closed', async () => connections.open() <= 2000);
      expect(connections.open()).toBe(2000);
      await expect(get(`${nginx.urlOf('per_connection')}/pid`)).rejects.toThrow(/socket hang up|ECONNRESET/);
      for (const mode of HTTP_MODES) {
        expect((await get(`${nginx.urlOf(mode)}/pid`)).status).toBe(200);
      }
      connections.leave();
      const leftAt = performance.now();
      await until(
        'the address is served again',
        async () => (await get(`${nginx.urlOf('per_connection')}/pid`)).status === 200,
        { seconds: 1 },
      );
      measured(
        `of 2,300 connections 300 were closed; served again ${Math.round(performance.now() - leftAt)} ms after they left`,
      );
    },
  );
});
