import { globSync } from 'node:fs';
import { installWithConsent } from './apt/install-with-consent.ts';
import type { Config } from './config.ts';

/** The library that, preloaded, tells a program another time; null when it is not installed. */
export function findLibfaketime(): string | null {
  return globSync('/usr/lib/{*/,}faketime/libfaketime.so.1')[0] ?? null;
}

/**
 * Makes sure that programs can be told another time than the machine's.
 * @throws SetupError when the library lacks and cannot be installed.
 */
export async function ensureLibfaketime(config: Config): Promise<void> {
  if (findLibfaketime() !== null) return;
  await installWithConsent(
    config,
    () => ({ packages: ['libfaketime'], release: null, purpose: 'a library that fakes the time' }),
    {
      lacking: 'libfaketime was not found in /usr/lib, and the test of clocks that jump needs it.',
      remedy: 'Install libfaketime (https://github.com/wolfcw/libfaketime).',
    },
  );
}
