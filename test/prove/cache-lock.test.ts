import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeProfile, openTabs } from '../../prove/browser/open-tabs.ts';
import { NetworkWatch } from '../../prove/wire/watch-network.ts';
import { launchChromium } from '../browser/launch-chromium.ts';
import { serveSlowly } from './serve-slowly.ts';

const HEADERS = [
  ['as Express answers, with an ETag and no Cache-Control', { ETag: '"1"' }],
  ['as percore answers, with no-store', { 'Cache-Control': 'no-store' }],
] as const;

/** No stack here: a server that answers when it is told shows what the browser does by itself. */
describe('Chromium’s cache lock', () => {
  let browser: Browser;
  let tabs: Page[];
  beforeAll(async () => {
    browser = await launchChromium();
    // The stack of the test before has just been taken down.
    using network = new NetworkWatch();
    await network.untilQuiet();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    tabs = await openTabs(browser, 3);
  });
  afterEach(() => closeProfile(tabs[0] as Page));

  /** Has two tabs ask, and waits until whatever the second's browser would send has been sent. */
  async function askTwice(first: string, second: string): Promise<Promise<unknown>[]> {
    const [a, b, side] = tabs as [Page, Page, Page];
    const origin = new URL(first).origin;
    const sent = a.waitForRequest(first);
    const loads: Promise<unknown>[] = [a.goto(first)];
    await sent;
    const sentToo = b.waitForRequest(second);
    loads.push(b.goto(second));
    await sentToo;
    for (const path of ['/side1', '/side2']) await side.goto(origin + path);
    return loads;
  }

  describe.each(HEADERS)('%s', (_, headers) => {
    test('keeps a second request for the same URL back until the first is answered, time and again', async () => {
      await using server = await serveSlowly(headers);
      for (let round = 0; round < 3; round += 1) {
        const loads = await askTwice(`${server.url}/slow`, `${server.url}/slow`);
        expect(server.asked()).toBe(2 * round + 1);
        server.unanswered.shift()?.end('First.');
        await server.untilAsked(2 * round + 2);
        server.unanswered.shift()?.end('Second.');
        await Promise.all(loads);
      }
    });

    test('lets distinct URLs go at once', async () => {
      await using server = await serveSlowly(headers);
      const loads = await askTwice(`${server.url}/slow?1`, `${server.url}/slow?2`);
      expect(server.asked()).toBe(2);
      for (const response of server.unanswered) response.end('Both.');
      await Promise.all(loads);
    });

    test('ends with the headers: the body may still be on its way', async () => {
      await using server = await serveSlowly(headers);
      const loads = await askTwice(`${server.url}/slow`, `${server.url}/slow`);
      expect(server.asked()).toBe(1);
      server.unanswered[0]?.write('The beginning. ');
      await server.untilAsked(2);
      for (const response of server.unanswered) response.end('The end.');
      await Promise.all(loads);
    });

    test('is the cache’s: with the cache switched off, as in the developer tools, there is none', async () => {
      await using server = await serveSlowly(headers);
      for (const tab of tabs) {
        const session = await tab.context().newCDPSession(tab);
        await session.send('Network.enable');
        await session.send('Network.setCacheDisabled', { cacheDisabled: true });
      }
      const loads = await askTwice(`${server.url}/slow`, `${server.url}/slow`);
      expect(server.asked()).toBe(2);
      for (const response of server.unanswered) response.end('Both.');
      await Promise.all(loads);
    });
  });
});
