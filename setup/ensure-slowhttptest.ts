import { installWithConsent } from './apt/install-with-consent.ts';
import type { Config } from './config.ts';
import { findProgram } from './find-program.ts';

/**
 * Makes sure that there is a program that plays slow clients.
 * @throws SetupError when there is none and none can be installed.
 */
export async function ensureSlowhttptest(config: Config): Promise<void> {
  if ((await findProgram(['slowhttptest'])) !== null) return;
  await installWithConsent(
    config,
    () => ({ packages: ['slowhttptest'], release: null, purpose: 'a program that plays slow clients' }),
    {
      lacking: 'slowhttptest is not on the PATH, and the tests of slow clients need it.',
      remedy: 'Install slowhttptest (https://github.com/shekyan/slowhttptest).',
    },
  );
}
