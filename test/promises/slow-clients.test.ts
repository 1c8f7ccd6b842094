import { afterAll, beforeAll, describe, expect } from 'vitest';
import { measureLatency } from '../http/measure-latency.ts';
import { countConnections, SLOW_KINDS, type SlowKind, startSlowClients } from '../http/slow-clients.ts';
import { NGINX_MODES } from '../stack/choose-ports.ts';
import { type NginxAddress, type NginxMode, pastPortProxy } from '../stack/past-port-proxy.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { until } from '../stack/until.ts';
import { promise } from './promise.ts';

const CLIENTS = 500;

/** Who has the answer leaves: Node refuses a body without waiting for it, and ranges are no reason to wait. */
const areAnsweredAtOnce = (mode: NginxMode, kind: SlowKind): boolean =>
  kind === 'range' || (kind === 'body' && mode === 'per_connection');

/**
 * The most that others' 99th percentile may be, in milliseconds. On two busy cores two measurements of the same differ by
 * several milliseconds, which is as much as the percentile itself; the short form runs beside other tests.
 */
const mostOf = (normal: number, full: boolean): number => Math.max(2 * normal, full ? 10 : 100);

/** Each attack on its own: port and kind. */
const SHORT: readonly (readonly [NginxMode, readonly SlowKind[]])[] = [
  ['main', ['headers', 'body']],
  ['per_connection', ['headers', 'read']],
];
const FULL: typeof SHORT = NGINX_MODES.map((mode) => [mode, SLOW_KINDS]);

describe('slow clients', () => {
  let stack: Stack;
  let nginx: NginxAddress;
  beforeAll(async () => {
    stack = await startStack({ replicas: 2 });
    nginx = await pastPortProxy(stack);
  });
  afterAll(() => stack?.[Symbol.asyncDispose]());

  /** What is slow to read is worth most where it is longest, and ranges where there is a file. */
  function targetOf(mode: NginxMode, kind: SlowKind): string {
    const isFile = mode === 'main' && (kind === 'read' || kind === 'range');
    return `${nginx.urlOf(mode)}${isFile ? '/lab/' : '/pid'}`;
  }

  promise(
    '3 Clients',
    `${CLIENTS} slow clients of each kind, on every port: others' 99th percentile stays under twice the normal, or 10 ms`,
    async ({ full, measured }) => {
      const pace = { perSecond: 200, windows: 3, windowSeconds: full ? 1.5 : 0.8 };
      for (const [mode, kinds] of full ? FULL : SHORT) {
        const url = `${nginx.urlOf(mode)}/pid`;
        const connected = () => countConnections(nginx.pid, nginx.portOf(mode));
        await measureLatency(url, { ...pace, windows: 1 });
        const figures: string[] = [];
        for (const kind of kinds) {
          const normal = await measureLatency(url, pace);
          const stay = !areAnsweredAtOnce(mode, kind);
          const perSecond = stay ? CLIENTS : Math.ceil(CLIENTS / (pace.windows * pace.windowSeconds));
          const slow = startSlowClients(kind, targetOf(mode, kind), { clients: CLIENTS, perSecond });
          try {
            if (stay) {
              await until(`${CLIENTS} are connected`, async () => (await connected()) >= CLIENTS, {
                seconds: 8,
              });
              slow.calm();
            }
            const meanwhile = await measureLatency(url, pace);
            if (stay) expect(await connected()).toBeGreaterThanOrEqual(CLIENTS);
            expect([...normal.failures, ...meanwhile.failures]).toEqual([]);
            expect(meanwhile.p99, `${mode}, slow ${kind}`).toBeLessThan(mostOf(normal.p99, full));
            figures.push(`${kind} ${normal.p99.toFixed(1)} -> ${meanwhile.p99.toFixed(1)} ms`);
          } finally {
            await slow.stop();
          }
        }
        measured(`${mode}: ${figures.join(', ')}`);
      }
    },
  );
});
