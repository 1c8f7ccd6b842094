import { readFile, writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { get } from '../http/get.ts';
import { keepConnection } from '../http/kept-connection.ts';
import { HTTP_MODES } from '../stack/choose-ports.ts';
import { setSticky } from '../stack/set-sticky.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { until } from '../stack/until.ts';
import { loadEveryMode } from './load-every-mode.ts';
import { promise } from './promise.ts';

const SECTION = '2 Changes under load';
const MODES = ['ip_hash', 'sticky cookie', 'least_conn'] as const;

describe('reloads', () => {
  let stack: Stack;
  let shipped: string;
  let file: string;
  beforeAll(async () => {
    stack = await startStack({ replicas: 2 });
    file = join(stack.nginxFolder, 'sticky.conf');
    shipped = await readFile(file, 'utf8');
  });
  afterAll(() => stack?.[Symbol.asyncDispose]());

  /** Toggles stickiness through every mode and back, and lets a replica come and go. @returns how many reloads at least */
  async function reloadInEveryWay(): Promise<number> {
    for (const mode of MODES) {
      await writeFile(file, shipped);
      await setSticky(stack, mode);
    }
    await writeFile(file, shipped);
    await until('it is round robin again', async () => {
      return (await get(`${stack.url}/lab/modes.json`)).body.includes('"sticky":"off"');
    });
    await stack.scale(3);
    await stack.untilServedBy(3);
    await stack.scale(2);
    await stack.untilServedBy(2);
    return MODES.length + 3;
  }

  promise(
    SECTION,
    'reloads (toggles of stickiness, replicas that come and go) at 200 GETs/s on the port of every HTTP mode: none fails',
    async ({ full, measured }) => {
      const load = loadEveryMode(stack, 200);
      let reloads = 0;
      for (let round = 0; round < (full ? 3 : 1); round += 1) reloads += await reloadInEveryWay();
      const { failures, sent, slowest } = await load.stop();
      expect(failures).toEqual([]);
      measured(
        `${reloads} reloads, 0 of ${sent} failed on ${HTTP_MODES.length} ports, the slowest took ${Math.round(slowest)} ms`,
      );
    },
  );

  promise(
    SECTION,
    'a connection that was idle for less than 10 s takes its next request, however many reloads there were meanwhile',
    async ({ full, measured }) => {
      let asked = 0;
      let renewed = 0;
      const reloading = new AbortController();
      const clients = HTTP_MODES.flatMap((mode) =>
        Array.from({ length: full ? 40 : 20 }, async (_, index) => {
          // From 0.2 s to 9.5 s, and never in step with each other or with the reloads.
          const idle = 200 + (9300 * index) / (full ? 39 : 19);
          let connection = await keepConnection(stack.urlOf(mode));
          for (;;) {
            expect([mode, await connection.ask('/pid')]).toEqual([mode, 200]);
            asked += 1;
            // The answer has said that it is the connection's last.
            if (connection.isOver()) {
              connection.close();
              connection = await keepConnection(stack.urlOf(mode));
              renewed += 1;
              continue;
            }
            if (reloading.signal.aborted) break;
            await delay(idle);
          }
          connection.close();
        }),
      );
      const rounds = full ? 2 : 1;
      const work = (async () => {
        try {
          for (let round = 0; round < rounds; round += 1) await reloadInEveryWay();
        } finally {
          reloading.abort();
        }
      })();
      await Promise.all([work, ...clients]);
      expect(renewed).toBeGreaterThan(clients.length / 2);
      measured(
        `${asked} requests on ${clients.length} connections, 0 failed; ${renewed} were their connection's last`,
      );
    },
  );

  promise(
    SECTION,
    'a connection that was idle for longer is closed by a reload, and a client that sees it loses nothing',
    async ({ full, measured }) => {
      const agents = Array.from(
        { length: full ? 100 : 20 },
        () => new Agent({ keepAlive: true, maxSockets: 1 }),
      );
      const ask = () =>
        Promise.all(agents.map(async (agent) => (await get(`${stack.url}/pid`, { agent })).status));
      const all = agents.map(() => 200);
      expect(await ask()).toEqual(all);
      await delay(11_000);
      await setSticky(stack, 'ip_hash');
      expect(await ask()).toEqual(all);
      await writeFile(file, shipped);
      for (const agent of agents) agent.destroy();
      measured(`0 of ${agents.length} failed`);
    },
  );
});
