import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { keepConnection } from '../http/kept-connection.ts';
import type { Mode } from '../stack/choose-ports.ts';
import { editNginx } from '../stack/edit-nginx.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { promise } from './promise.ts';

const SECTION = '2 Changes under load';
const PORTS: readonly Mode[] = ['main', 'cookie', 'per_connection'];

describe('connections that are kept', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ replicas: 2 });
  });
  afterAll(() => stack?.[Symbol.asyncDispose]());

  /** Asks once on each of so many connections, again and again after a pause that differs from one to the next. */
  async function askAfterPauses(pauses: readonly number[], rounds: number): Promise<number> {
    const asked = await Promise.all(
      PORTS.flatMap((port) =>
        pauses.map(async (pause) => {
          const connection = await keepConnection(stack.urlOf(port));
          for (let round = 0; round <= rounds; round += 1) {
            if (round > 0) await delay(pause);
            expect([port, pause, await connection.ask('/pid')]).toEqual([port, pause, 200]);
          }
          connection.close();
          return rounds;
        }),
      ),
    );
    return asked.reduce((sum, each) => sum + each, 0);
  }

  promise(
    SECTION,
    'one request every 4.9 to 5.1 s on kept connections: each is answered, on the same connection',
    async ({ full, measured }) => {
      const asked = await askAfterPauses(spread(4900, 5100, full ? 41 : 21), full ? 5 : 2);
      measured(`${asked} requests after such a pause, 0 failed`);
    },
  );

  promise(
    SECTION,
    'around the 60 s of idleness after which Nginx closes a connection to a replica no request fails',
    async ({ full, measured }) => {
      // The short form has the same border, only sooner.
      const border = full ? 60 : 3;
      if (!full) {
        await editNginx(stack, 'upstream/keep-connections.conf', (text) =>
          text.replace('keepalive_timeout 60s;', `keepalive_timeout ${border}s;`),
        );
      }
      const pauses = spread(border * 1000 - 500, border * 1000 + 500, full ? 101 : 41);
      measured(
        `${await askAfterPauses(pauses, 1)} requests after ${border - 0.5} to ${border + 0.5} s, 0 failed`,
      );
    },
  );
});

function spread(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1));
}
