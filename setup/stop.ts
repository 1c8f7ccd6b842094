import { findEngine } from './engine/find-engine.ts';
import { showLine, showStep } from './progress.ts';
import { run } from './run-command.ts';
import { runMain } from './run-main.ts';
import { SetupError } from './setup-error.ts';

await runMain(async () => {
  const found = await findEngine();
  if (found.state !== 'ready') {
    throw new SetupError(
      'No Docker engine with Compose answers, so there is nothing here that could be stopped.',
    );
  }
  // Every profile, or a load that is still running would keep Nginx's network.
  const compose = ['compose', '--profile', '*'];
  const containers = (await run('docker', [...compose, 'ps', '--all', '--quiet']))
    .split('\n')
    .filter(Boolean);
  if (containers.length === 0) return showLine('percore: nothing was running.');
  await showStep('Stop the stack', async (step) => {
    // The volumes are in memory and hold nothing but sockets and the placement.
    await run('docker', [...compose, '--progress', 'plain', 'down', '--volumes', '--remove-orphans'], {
      onLine: step.say,
    });
    step.result(`Removed ${containers.length} containers with their volumes and network; the images stay`);
  });
});
