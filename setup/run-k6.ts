import { execa } from 'execa';
import { ROOT } from './config.ts';
import { prepareBase } from './prepare-machine.ts';
import { programEnvironment } from './run-command.ts';
import { runMain } from './run-main.ts';
import { SetupError } from './setup-error.ts';
import { findAddress } from './stack/find-address.ts';

await runMain(async () => {
  await prepareBase({ k6: true });
  if ((await findAddress()) === null)
    throw new SetupError('The stack does not run: start it with "npm start".');
  const { exitCode } = await execa('docker', ['compose', 'run', '--rm', 'k6', ...process.argv.slice(2)], {
    cwd: ROOT,
    env: programEnvironment(),
    extendEnv: false,
    stdio: 'inherit',
    reject: false,
  });
  process.exitCode = exitCode ?? 1;
});
