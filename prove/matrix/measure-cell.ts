import type { Browser } from 'playwright-core';
import { type Client, REQUESTS } from '../clients/client.ts';
import type { Stage } from '../open-stage.ts';
import { Tap } from '../wire/tap-wire.ts';
import type { NetworkWatch } from '../wire/watch-network.ts';
import type { Cell } from './expected.ts';
import type { Server } from './servers.ts';
import { settleTurns } from './settle-turns.ts';

/** What all cells are measured with. */
export interface Bench {
  readonly stage: Stage;
  readonly browsers: readonly [Browser, Browser];
  readonly network: NetworkWatch;
}

const ATTEMPTS = 5;

/**
 * Has a client ask a server, and counts. A measurement is void, whatever came out, when the machine's network changed
 * on the way (see NetworkWatch) or the server gave up a connection that had been idle for too long: it is taken again.
 */
export async function measureCell(bench: Bench, client: Client, server: Server): Promise<Cell> {
  const voids: string[] = [];
  while (voids.length < ATTEMPTS) {
    await bench.network.untilQuiet();
    const url = bench.stage.stack.urlOf(server.mode);
    await settleTurns(url);
    await using tap = await Tap.start(url);
    const started = performance.now();
    const answers = await client
      .ask({ tap, browsers: bench.browsers })
      .catch((error: unknown) => String(error));
    if (bench.network.hasChangedWithin(performance.now() - started)) voids.push('the network changed');
    else if (typeof answers === 'string') throw new Error(`${client.id} asking ${server.mode}: ${answers}`);
    else if (tap.closedByServer > 0) voids.push('the server gave up an idle connection');
    else return count(answers, tap);
  }
  throw new Error(`${client.id} asking ${server.mode} could not be measured: ${voids.join(', ')}.`);
}

function count(answers: string[], tap: Tap): Cell {
  if (answers.length !== REQUESTS) throw new Error(`${answers.length} answers to ${REQUESTS} requests`);
  return {
    distinct: new Set(answers.map(pidIn)).size,
    requests: answers.length,
    overlapped: tap.mostAtOnce > 1,
  };
}

/** Every answer of every server but `/` ends with the PID. */
function pidIn(answer: string): string {
  const pid = /(?:pid|process): (\d+)$/.exec(answer.trim())?.[1];
  if (pid === undefined) throw new Error(`No PID in the answer "${answer}"`);
  return pid;
}
