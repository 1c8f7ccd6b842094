import { showStep } from '../progress.ts';
import { run } from '../run-command.ts';

/** Builds the images of the stack; what has not changed comes from the cache. */
export async function buildImages(): Promise<void> {
  await showStep('Build the images', async (step) => {
    await run('docker', ['compose', '--progress', 'plain', 'build'], { onLine: step.say });
  });
}
