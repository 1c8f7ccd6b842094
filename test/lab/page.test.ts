import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../browser/launch-chromium.ts';
import { kernelCpus } from '../stack/kernel-cpus.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { openLab } from './open-lab.ts';
import { takeScreenshot } from './take-screenshot.ts';

describe('the lab page', () => {
  let stack: Stack;
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
    stack = await startStack({ replicas: 2 });
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.[Symbol.asyncDispose]();
  });

  test('is served with a policy that lets it speak to its own ports alone', async () => {
    const answer = await fetch(`${stack.url}/lab`);
    expect(answer.url).toBe(`${stack.url}/lab/`);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
  });

  test('shows each replica on the core that the kernel names, and follows when it is scaled', async () => {
    const lab = await openLab(browser, stack.url);
    await expectTilesAsTheKernel(lab.page, 2);
    const { cores } = await stack.placement();

    await stack.scale(cores.length + 1);
    await lab.page.locator(`[data-replica="${cores.length + 1}"] [data-state="serving"]`).waitFor();
    await expectTilesAsTheKernel(lab.page, cores.length + 1);
    expect(await lab.page.locator('#machine-summary').innerText()).toMatch(/more replicas than cores\.$/);
    expect(await lab.page.locator('.problems').innerText()).not.toBe('');

    await stack.scale(2);
    await lab.page.locator('.problems').waitFor({ state: 'detached' });
    await stack.untilServedBy(2);
    await expectTilesAsTheKernel(lab.page, 2);
    await lab.close();
  });

  test('shows that a replica is down for as long as it is', async () => {
    const lab = await openLab(browser, stack.url);
    const { pid, container } = await stack.replica(1);
    // Stopped, not killed: a killed one is back before the page has looked.
    await stack.compose('stop', '--timeout', '5', 'app');
    await lab.page.locator('[data-replica="1"] [data-state="down"]').waitFor();
    await stack.compose('start', 'app');
    await lab.page.locator('[data-replica="1"] [data-state="serving"]').waitFor();
    await stack.untilServedBy(2);
    const again = await stack.replica(1);
    expect(again.container).toBe(container);
    expect(again.pid).not.toBe(pid);
    await lab.close();
  });

  test('asks nothing while nobody looks', async () => {
    const lab = await openLab(browser, stack.url);
    const { page } = lab;
    await setHidden(page, true);
    await page.getByText('paused while nobody looks').waitFor();
    const asked = await page
      .waitForRequest('**/placement.json', { timeout: 2500 })
      .then(() => true)
      .catch(() => false);
    expect(asked).toBe(false);
    await setHidden(page, false);
    await page.waitForRequest('**/placement.json');
    await lab.close();
  });

  test('is used with the keyboard alone, and shows where one is', async () => {
    const lab = await openLab(browser, stack.url, { settings: 'mode=main&requests=20' });
    const { page } = lab;
    await tabTo(page, 'input[name="mode"]:checked');
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowDown');
    expect(new URL(page.url()).hash).toContain('mode=ip_hash');
    await tabTo(page, '#requests');
    await page.keyboard.type('12');
    await tabTo(page, 'input[name="urls"]:checked');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await lab.untilDone();
    expect(await lab.cells('ip_hash')).toHaveLength(12);
    expect(new URL(page.url()).hash).toBe('#mode=ip_hash&requests=12&at-a-time=1&path=/pid&urls=same');

    await tabTo(page, '[data-mode="ip_hash"] summary');
    await page.keyboard.press('Enter');
    await tabTo(page, '[data-mode="ip_hash"] .command button');
    await page.keyboard.press('Enter');
    await page.getByText('Copied').waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toMatch(/^curl -sS 'http:\/\/127\.0\.0\.1:\d+\/pid#\[1-12\]' \| grep/);
    await lab.close();
  });

  test('refuses numbers that make no sense before anything is sent', async () => {
    const lab = await openLab(browser, stack.url, { settings: 'mode=main' });
    await lab.page.getByLabel('Requests').fill('1001');
    await lab.page.getByRole('button', { name: 'Run', exact: true }).click();
    expect(await lab.sentence('main')).toBe('Not run yet.');
    expect(await lab.page.locator('#requests:focus:invalid').count()).toBe(1);
    await lab.close();
  });

  describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
    test.each([1440, 390])('has nothing that axe finds wrong, and fits, at %i pixels', async (width) => {
      const lab = await openLab(browser, stack.url, { settings: 'mode=all', colorScheme, width });
      expect(await axeFindings(lab.page)).toEqual([]);
      await lab.run();
      await lab.page.locator('.card summary').first().click();
      expect(await axeFindings(lab.page)).toEqual([]);
      const overflow = await lab.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      expect(overflow).toBeLessThanOrEqual(0);
      await lab.page.locator('.card summary').first().click();
      await takeScreenshot(lab.page, `lab-${colorScheme}-${width}`);
      await lab.close({ expected: /net::ERR_CONNECTION_REFUSED/ });
    });
  });
});

async function expectTilesAsTheKernel(page: Page, replicas: number): Promise<void> {
  const seats = await page.locator('.tile[data-core] .seat').all();
  expect(seats).toHaveLength(replicas);
  for (const seat of seats) {
    const pid = Number(/\d+/.exec(await seat.locator('.pid').innerText())?.[0]);
    const core = await seat.locator('xpath=..').getAttribute('data-core');
    expect(await kernelCpus(pid)).toBe(core);
  }
}

/** Presses Tab until the focus is there, and looks whether a person can see that it is. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    if (await page.locator(`${selector}:focus`).count()) {
      const outline = await page.evaluate<string>(`
        const focused = document.activeElement;
        getComputedStyle(focused.matches('.choice input') ? focused.nextElementSibling : focused).outlineStyle`);
      expect(outline).not.toBe('none');
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Sixty times Tab did not lead to ${selector}`);
}

/** As if the person had turned to another tab: headless Chromium believes that every page is looked at. */
async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'))`);
}

async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.map(({ id, impact, nodes }) => `${id} (${impact}): ${nodes[0]?.html}`);
}
