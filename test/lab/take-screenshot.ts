import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** What a test run leaves to be looked at; not committed. */
export const ARTIFACTS = join(import.meta.dirname, '../../artifacts');

/** Takes the whole page, in a window as tall as it: what sticks to the window's edge stands where it belongs. */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  await mkdir(ARTIFACTS, { recursive: true });
  const { width } = page.viewportSize() ?? { width: 1280 };
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ width, height });
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(ARTIFACTS, `${name}.png`), fullPage: true, animations: 'disabled' });
}
