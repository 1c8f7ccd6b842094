import { execa } from 'execa';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * Launches the machine's own Chromium, headless: a real one, as its users have it, and nothing to download.
 * @throws Error naming the package to install, where there is none.
 */
export async function launchChromium(): Promise<Browser> {
  // What it would do in the background by itself, it would do to the connections that are measured.
  return chromium.launch({ executablePath: await findChromium(), args: ['--disable-background-networking'] });
}

/** The first Chromium or Chrome on PATH. */
async function findChromium(): Promise<string> {
  const search = await execa('sh', [
    '-c',
    'for name in "$@"; do command -v "$name"; done; true',
    'sh',
    ...NAMES,
  ]);
  const [found] = search.stdout.split('\n').filter(Boolean);
  if (found) return found;
  throw new Error(
    `None of ${NAMES.join(', ')} is on PATH: install Chromium, on Debian with "apt-get install --no-install-recommends chromium fonts-liberation".`,
  );
}
