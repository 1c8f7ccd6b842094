import { ensureAnalysers } from './audit/analysers.ts';
import { checkDockerfiles } from './audit/check-dockerfiles.ts';
import { checkNginx } from './audit/check-nginx.ts';
import { checkNpmPackages } from './audit/check-npm-packages.ts';
import { showStep } from './progress.ts';
import { runMain } from './run-main.ts';

/** `npm run audit`: what programs that look for weaknesses find. What containers may do, the promises' tests check. */
await runMain(async () => {
  await showStep('npm audit', async (step) => step.result(await checkNpmPackages()));
  const programs = await showStep('Install hadolint and gixy', () => ensureAnalysers());
  await showStep('hadolint', async (step) => {
    step.result(`hadolint: nothing found in ${await checkDockerfiles(programs)} Dockerfiles`);
  });
  await showStep('gixy', async (step) => {
    await checkNginx(programs);
    step.result("gixy: nothing found in Nginx's two configurations");
  });
});
