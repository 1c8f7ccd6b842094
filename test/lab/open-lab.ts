import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';

/**
 * What Chromium says of its requests when it sees a network interface come or go, as Docker makes them; no page can
 * help it, and the browser asks nothing again by itself.
 */
const NETWORK_CHANGED = 'net::ERR_NETWORK_CHANGED';

export interface LabOptions {
  /** The settings, as the page keeps them in its address: `mode=ip_hash&requests=60`. */
  settings?: string;
  colorScheme?: 'light' | 'dark';
  width?: number;
}

/** Opens the lab page in a browser profile of its own, and notes whatever the browser complains of. */
export async function openLab(browser: Browser, url: string, options: LabOptions = {}): Promise<Lab> {
  const { settings = '', colorScheme = 'light', width = 1280 } = options;
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const lab = new Lab(page);
  await page.goto(`${url}/lab/#${settings}`);
  await lab.untilReady();
  return lab;
}

export class Lab {
  readonly page: Page;
  /** Console errors, uncaught errors, and violations of the Content-Security-Policy, which are console errors too. */
  readonly complaints: string[] = [];
  #networkChanges = 0;

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      if (message.text().includes(NETWORK_CHANGED)) this.#networkChanges += 1;
      else this.complaints.push(`${message.text()} (${message.location().url})`);
    });
  }

  /** Waits for the cards and the tiles, and loads the page anew where a change of the network kept a script from it. */
  async untilReady(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.page.locator('.card').first().waitFor({ timeout: 10_000 });
        await this.page.locator('.tile').first().waitFor({ timeout: 10_000 });
        return;
      } catch (error) {
        if (this.#networkChanges === 0 || attempt === 3) throw error;
        await this.page.reload();
      }
    }
  }

  /** Opens another experiment, as a link to it does. */
  async open(settings: string): Promise<void> {
    await this.page.goto(`${new URL(this.page.url()).origin}/lab/?${Math.random()}#${settings}`);
    await this.untilReady();
  }

  /** Presses Run and waits for the end; once more where the network changed meanwhile, for that is no result. */
  async run(): Promise<void> {
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      this.#networkChanges = 0;
      await this.page.getByRole('button', { name: 'Run', exact: true }).click();
      await this.untilDone();
      if (this.#networkChanges === 0) return;
    }
  }

  async untilDone(): Promise<void> {
    await this.page
      .locator('#progress-text')
      .getByText(/^(Done|Stopped)\.$/)
      .waitFor({ timeout: 120_000 });
  }

  async sentence(mode: string): Promise<string> {
    return this.page.locator(`[data-mode="${mode}"] .sentence`).innerText();
  }

  async failures(mode: string): Promise<string> {
    return this.page.locator(`[data-mode="${mode}"] .failures`).innerText();
  }

  /** What stands in the cells, in order of arrival. */
  async cells(mode: string): Promise<string[]> {
    return this.page.locator(`[data-mode="${mode}"] .cells i[class]`).allInnerTexts();
  }

  /** How often each replica answered, by its label in the table. */
  async counts(mode: string): Promise<Record<string, number>> {
    const rows = await this.page.locator(`[data-mode="${mode}"] tr[data-who]`).all();
    const pairs = await Promise.all(
      rows.map(async (row) => [
        await row.getAttribute('data-who'),
        Number(await row.locator('td').first().innerText()),
      ]),
    );
    return Object.fromEntries(pairs);
  }

  /** Closes the page; it must have given the browser nothing to complain of, but for what a test expects. */
  async close({ expected }: { expected?: RegExp } = {}): Promise<void> {
    await this.page.context().close();
    expect(this.complaints.filter((complaint) => !expected?.test(complaint))).toEqual([]);
  }
}
