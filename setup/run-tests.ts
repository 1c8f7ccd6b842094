import { execa } from 'execa';
import { ROOT } from './config.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { prepareMachine } from './prepare-machine.ts';
import { programEnvironment } from './run-command.ts';
import { runMain } from './run-main.ts';
import { SetupError } from './setup-error.ts';

/** What `npm test` does once the packages are there, in this order: what is quickest to fail comes first. */
await runMain(async () => {
  await runHere('npm', ['run', '--silent', 'check']);
  await runHere('npm', ['run', '--silent', 'build']);
  const { config } = await prepareMachine({ k6: true });
  await ensureChromium(config);
  await runHere('vitest', ['run', ...process.argv.slice(2)]);
});

async function runHere(command: string, args: string[]): Promise<void> {
  const options = { cwd: ROOT, env: programEnvironment(), extendEnv: false, stdio: 'inherit' } as const;
  const { exitCode } = await execa(command, args, { ...options, reject: false });
  if (exitCode !== 0) throw new SetupError(`"${[command, ...args].join(' ')}" failed.`);
}
