import { type Browser, chromium } from 'playwright-core';
import { CHROMIUM_NAMES, findChromium } from '../../setup/ensure-chromium.ts';

/**
 * Launches the machine's own Chromium, headless: a real one, as its users have it, and nothing to download.
 * @throws Error naming the package to install, where there is none.
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = await findChromium();
  if (executablePath === null) {
    throw new Error(
      `None of ${CHROMIUM_NAMES.join(', ')} is on the PATH: install Chromium, on Debian with "apt-get install --no-install-recommends chromium fonts-liberation".`,
    );
  }
  // What it would do in the background by itself, it would do to the connections that are measured.
  return chromium.launch({ executablePath, args: ['--disable-background-networking'] });
}
