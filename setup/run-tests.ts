import { ensureChromium } from './ensure-chromium.ts';
import { ensureLibfaketime } from './ensure-libfaketime.ts';
import { ensureSlowhttptest } from './ensure-slowhttptest.ts';
import { prepareMachine } from './prepare-machine.ts';
import { runHere } from './run-here.ts';
import { runMain } from './run-main.ts';

/** What `npm test` does once the packages are there, in this order: what is quickest to fail comes first. */
await runMain(async () => {
  await runHere('npm', ['run', '--silent', 'check']);
  await runHere('npm', ['run', '--silent', 'build']);
  const { config } = await prepareMachine({ k6: true });
  await ensureChromium(config);
  await ensureSlowhttptest(config);
  await ensureLibfaketime(config);
  await runHere('vitest', ['run', ...process.argv.slice(2)]);
});
