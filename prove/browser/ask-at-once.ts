import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import type { Tap } from '../wire/tap-wire.ts';
import { readPage } from './open-tabs.ts';

/** A tab and the path that it asks for. */
export type Question = readonly [tab: Page, path: string];

/**
 * Has two tabs ask before either is answered, and gives what they show in the end. Whether the second request really
 * goes out while the first is under way is what the tap tells: its answer is kept back until the second tab has asked
 * and its browser has, after that, had answers from elsewhere, so whatever would be sent has been.
 */
export async function askAtOnce(tap: Tap, first: Question, second: Question, side: Page): Promise<string[]> {
  await using elsewhere = await serveElsewhere();
  const [[tabA, pathA], [tabB, pathB]] = [first, second];
  const before = tap.requests.length;
  tap.hold();
  const loadA = tabA.goto(tap.url + pathA);
  await tap.until('the first tab has asked', () => tap.requests.length > before);
  const asked = tabB.waitForRequest(tap.url + pathB);
  const loadB = tabB.goto(tap.url + pathB);
  await asked;
  for (const path of ['/1', '/2']) await side.goto(elsewhere.url + path);
  tap.release();
  await Promise.all([loadA, loadB]);
  return Promise.all([tabA, tabB].map(readPage));
}

async function serveElsewhere(): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((_request, response) => response.end('Here.'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
