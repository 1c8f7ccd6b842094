import { installWithConsent } from './apt/install-with-consent.ts';
import type { Config } from './config.ts';
import { findProgram } from './find-program.ts';

/** The programs that the tests of pages know how to drive, the first found being taken. */
export const CHROMIUM_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
] as const;

/** The path of the first Chromium or Chrome on the PATH; null when there is none. */
export function findChromium(): Promise<string | null> {
  return findProgram(CHROMIUM_NAMES);
}

/**
 * Makes sure that there is a browser for the tests of pages.
 * @throws SetupError when there is none and none can be installed.
 */
export async function ensureChromium(config: Config): Promise<void> {
  if ((await findChromium()) !== null) return;
  const packages = ['chromium', 'fonts-liberation'];
  await installWithConsent(
    config,
    () => ({ packages, release: null, purpose: 'a browser for the tests of pages' }),
    {
      lacking: `None of ${CHROMIUM_NAMES.join(', ')} is on the PATH, and the tests of pages need one.`,
      remedy: 'Install Chromium or Chrome.',
    },
  );
}
