import type { Browser, Page } from 'playwright-core';
import type { Tap } from '../wire/tap-wire.ts';

/** Tabs of one profile: they share its connections, its cookies and its cache. */
export async function openTabs(browser: Browser, count: number): Promise<Page[]> {
  const profile = await browser.newContext();
  return Promise.all(Array.from({ length: count }, () => profile.newPage()));
}

/** Closes the whole profile of a tab. */
export function closeProfile(tab: Page): Promise<void> {
  return tab.context().close();
}

/**
 * Loads a page as a profile's first of a site, and waits for the site's icon too, which a browser asks for by itself:
 * while it does, a connection is taken, and the next request would need another.
 */
export async function visitFirst(tab: Page, tap: Tap, path: string): Promise<string> {
  const iconsBefore = icons(tap);
  await tab.goto(tap.url + path);
  await tap.until('the browser has its icon', () => icons(tap) > iconsBefore && tap.underway === 0);
  return readPage(tab);
}

/** What a person reads there. */
export function readPage(tab: Page): Promise<string> {
  return tab.locator('body').innerText();
}

function icons(tap: Tap): number {
  return tap.requests.filter(({ path }) => path === '/favicon.ico').length;
}
