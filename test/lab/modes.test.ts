import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium } from '../browser/launch-chromium.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { until } from '../stack/until.ts';
import { type Lab, openLab } from './open-lab.ts';

const ONE_AFTER_ANOTHER = 'requests=60&at-a-time=1&path=/pid&urls=distinct';
const SIX_AT_A_TIME = 'requests=60&at-a-time=6&path=/pid&urls=distinct';

describe('a run on the lab page shows what the mode promises', () => {
  let stack: Stack;
  let browser: Browser;
  let lab: Lab;

  beforeAll(async () => {
    browser = await launchChromium();
    stack = await startStack({ replicas: 3 });
  });
  beforeEach(async () => {
    lab = await openLab(browser, stack.url);
  });
  afterEach(() => lab.page.context().close());
  afterAll(async () => {
    await browser?.close();
    await stack?.[Symbol.asyncDispose]();
  });

  test.each(['main', 'round_robin'])('%s: the replicas take turns', async (mode) => {
    await lab.open(`mode=${mode}&${ONE_AFTER_ANOTHER}`);
    await lab.run();
    expect(await lab.counts(mode)).toEqual({ 'app-1': 20, 'app-2': 20, 'app-3': 20 });
    expect(await lab.sentence(mode)).toBe('3 replicas took turns: 20 answers each.');
    expect((await lab.cells(mode)).slice(0, 3).sort()).toEqual(['1', '2', '3']);
    await lab.close();
  });

  test('least_conn: all of them share the work', async () => {
    await lab.open(`mode=least_conn&${SIX_AT_A_TIME}`);
    await lab.run();
    expect(Object.keys(await lab.counts('least_conn'))).toHaveLength(3);
    expect(await lab.sentence('least_conn')).toMatch(/^3 replicas shared the work, /);
    await lab.close();
  });

  test('ip_hash: one address gets one replica, however many requests are under way', async () => {
    await lab.open(`mode=ip_hash&${SIX_AT_A_TIME}`);
    await lab.run();
    expect(Object.values(await lab.counts('ip_hash'))).toEqual([60]);
    expect(await lab.sentence('ip_hash')).toMatch(
      /^All 60 answers came from app-\d: this mode keyed on your address\.$/,
    );
    await lab.close();
  });

  test('cookie: whoever brings the cookie back gets the same replica; a new profile gets another', async () => {
    await lab.open(`mode=cookie&${ONE_AFTER_ANOTHER}`);
    await lab.run();
    const [first] = Object.entries(await lab.counts('cookie'));
    expect(first?.[1]).toBe(60);
    expect(await lab.sentence('cookie')).toMatch(/: the cookie that it set led back to it\.$/);
    await lab.run();
    expect(Object.entries(await lab.counts('cookie'))).toEqual([first]);

    const seen = new Set([first?.[0]]);
    for (let profile = 0; profile < 3; profile += 1) {
      const other = await openLab(browser, stack.url, { settings: `mode=cookie&${ONE_AFTER_ANOTHER}` });
      await other.run();
      for (const label of Object.keys(await other.counts('cookie'))) seen.add(label);
      await other.close();
    }
    expect(seen.size).toBeGreaterThan(1);
    await lab.close();
  });

  test('per_connection: one connection sticks, several spread', async () => {
    await lab.open(`mode=per_connection&${ONE_AFTER_ANOTHER}`);
    await lab.run();
    expect(Object.values(await lab.counts('per_connection'))).toEqual([60]);
    expect(await lab.sentence('per_connection')).toContain('a connection stays with its replica');

    await lab.open(`mode=per_connection&${SIX_AT_A_TIME}`);
    await lab.run();
    expect(Object.keys(await lab.counts('per_connection')).length).toBeGreaterThan(1);
    expect(await lab.sentence('per_connection')).toContain('the browser used several connections');
    await lab.close();
  });

  test('identical URLs wait for each other in the browser, distinct ones do not', async () => {
    const wire = lab.page.locator('[data-mode="main"] .wire');
    await lab.open('mode=main&requests=30&at-a-time=6&path=/api/20000000&urls=same');
    await lab.run();
    expect(await lab.sentence('main')).toContain('they waited for each other in the browser’s cache');
    expect(await wire.innerText()).toContain('never two requests under way at once');

    await lab.open('mode=main&requests=30&at-a-time=6&path=/api/20000000&urls=distinct');
    await lab.run();
    expect(await wire.innerText()).toMatch(/up to [2-6] requests under way at once/);
    await lab.close();
  });

  test('all of them run one after another; a closed port is told in words, with what opens it', async () => {
    await lab.open('mode=all&requests=12&at-a-time=1&path=/api/1000&urls=distinct');
    await lab.run();
    const modes = ['main', 'round_robin', 'least_conn', 'ip_hash', 'cookie', 'per_connection'];
    for (const mode of modes) expect(await lab.cells(mode)).toHaveLength(12);
    expect(await lab.failures('cluster')).toMatch(
      /Nothing answers on port \d+\..*docker compose --profile baseline up/s,
    );
    await lab.close({ expected: /net::ERR_CONNECTION_REFUSED/ });
  });

  test('a replica that is killed on the way is told in words', async () => {
    await lab.open('mode=round_robin&requests=1000&at-a-time=3&path=/api/50000000&urls=distinct');
    const { pid } = await stack.replica(2);
    await lab.page.getByRole('button', { name: 'Run', exact: true }).click();
    await lab.page
      .locator('[data-replica="2"] .answers')
      .getByText(/answer/)
      .waitFor();
    process.kill(pid as number, 'SIGKILL');
    await lab.untilDone();
    const now = (await stack.replica(2)).pid;
    expect(await lab.sentence('round_robin')).toContain(
      `app-2 was started anew on the way: its PID was ${pid}, then ${now}.`,
    );
    await until('it serves again', async () => (await stack.replica(2)).state === 'serving');
    await lab.close();
  });

  test('a run can be stopped, and what had come stays', async () => {
    await lab.open('mode=main&requests=1000&at-a-time=1&path=/api/100000000&urls=distinct');
    await lab.page.getByRole('button', { name: 'Run', exact: true }).click();
    await lab.page.locator('[data-mode="main"] .cells i[class]').nth(2).waitFor();
    await lab.page.getByRole('button', { name: 'Stop' }).click();
    await lab.untilDone();
    const came = (await lab.cells('main')).length;
    expect(await lab.sentence('main')).toContain(`Stopped after ${came} of 1000.`);
    await lab.close();
  });
});
