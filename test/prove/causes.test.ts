import { execa } from 'execa';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askAtOnce } from '../../prove/browser/ask-at-once.ts';
import { closeProfile, openTabs, readPage, visitFirst } from '../../prove/browser/open-tabs.ts';
import { curl } from '../../prove/clients/run-curl.ts';
import { settleTurns } from '../../prove/matrix/settle-turns.ts';
import { openStage, REPLICAS, type Stage } from '../../prove/open-stage.ts';
import { onQuietNetwork } from '../../prove/wire/on-quiet-network.ts';
import { Tap } from '../../prove/wire/tap-wire.ts';
import { NetworkWatch } from '../../prove/wire/watch-network.ts';
import { launchChromium } from '../browser/launch-chromium.ts';

/** Each takes a cause away, or puts it there, and changes nothing else. */
describe('the causes', () => {
  let stage: Stage;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
    stage = await openStage();
    using network = new NetworkWatch();
    await network.untilQuiet();
  });
  afterAll(async () => {
    await browser?.close();
    await stage?.[Symbol.asyncDispose]();
  });

  test('connection reuse: once the cluster has closed the idle connection, the tab meets another worker', () =>
    onQuietNetwork(async () => {
      await using tap = await Tap.start(stage.stack.urlOf('cluster'));
      const [tab] = (await openTabs(browser, 1)) as [Page];
      const first = await visitFirst(tab, tap, '/pid');
      await tab.reload();
      expect(await readPage(tab)).toBe(first);
      expect(tap.connections).toBe(1);

      await tap.until('Node has closed the idle connection', () => tap.closedByServer === 1, 20);
      await tab.reload();
      expect(await readPage(tab)).not.toBe(first);
      expect(tap.connections).toBe(2);
      await closeProfile(tab);
    }));

  test('connection reuse: a curl that asks for its connection to be closed meets every worker', async () => {
    const url = `${stage.stack.urlOf('cluster')}/pid`;
    expect(new Set(await curl(url, url, url, url)).size).toBe(1);
    expect(new Set(await curl('--header', 'Connection: close', url, url, url, url)).size).toBe(2);
  });

  test('the icon: the cluster’s worker is asked for it too, percore’s replicas lose no turn to it', async () => {
    await using atCluster = await Tap.start(stage.stack.urlOf('cluster'));
    await using atPercore = await Tap.start(stage.stack.urlOf('round_robin'));
    const [tab] = (await openTabs(browser, 1)) as [Page];
    await visitFirst(tab, atCluster, '/pid');
    expect(atCluster.requests.map(({ path }) => path)).toEqual(['/pid', '/favicon.ico']);

    const seen = [await visitFirst(tab, atPercore, '/pid')];
    while (seen.length <= REPLICAS) {
      await tab.reload();
      seen.push(await readPage(tab));
    }
    expect(atPercore.requests[1]?.path).toBe('/favicon.ico');
    expect(new Set(seen.slice(0, REPLICAS)).size).toBe(REPLICAS);
    expect(seen[REPLICAS]).toBe(seen[0]);
    await closeProfile(tab);
  });

  test.each([
    ['distinct URLs', '/pid', '/pid?2'],
    ['one URL, which wait for each other but not for the cookie', '/pid', '/pid'],
  ])(
    'the cookie: two tabs of a new visitor ask before there is one, and meet two replicas (%s)',
    async (_, path, otherPath) => {
      const url = stage.stack.urlOf('cookie');
      await settleTurns(url);
      await using tap = await Tap.start(url);
      const [first, second, side] = (await openTabs(browser, 3)) as [Page, Page, Page];
      const ask = () => askAtOnce(tap, [first, path], [second, otherPath], side);
      expect(new Set(await ask()).size).toBe(2);
      expect(new Set(await ask()).size).toBe(1);
      await closeProfile(first);
    },
  );

  test('the gateway: addresses that are one client through Docker’s port are several inside of its network', async () => {
    const container = (await stage.stack.compose('ps', '--quiet', 'nginx')).trim();
    const pid = await stage.stack.inspect(container, '{{.State.Pid}}');
    const outside: string[] = [];
    const inside: string[] = [];
    for (let host = 0; host < 12; host += 1) {
      const from = ['--interface', `127.0.${host}.1`];
      outside.push(...(await curl(...from, `${stage.stack.urlOf('ip_hash')}/pid`)));
      const { stdout } = await execa('nsenter', [
        ...['--target', pid, '--net', 'curl', '--disable', '--noproxy', '*', '--silent', '--fail'],
        ...[...from, 'http://127.0.0.1:8083/pid'],
      ]);
      inside.push(stdout);
    }
    expect(new Set(outside).size).toBe(1);
    expect(new Set(inside).size).toBe(REPLICAS);
  });
});
