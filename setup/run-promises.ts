import { ensureLibfaketime } from './ensure-libfaketime.ts';
import { ensureSlowhttptest } from './ensure-slowhttptest.ts';
import { prepareMachine } from './prepare-machine.ts';
import { runHere } from './run-here.ts';
import { runMain } from './run-main.ts';

/** `npm run promises`: the promises at full length, and their figures into docs/promises.md. */
await runMain(async () => {
  await runHere('npm', ['run', '--silent', 'build']);
  const { config } = await prepareMachine({ k6: true });
  await ensureSlowhttptest(config);
  await ensureLibfaketime(config);
  await runHere('vitest', ['run', '--project', 'promises', '--mode', 'full', ...process.argv.slice(2)]);
});
