import { execa } from 'execa';
import { ROOT } from './config.ts';
import { programEnvironment } from './run-command.ts';
import { SetupError } from './setup-error.ts';

/**
 * Runs a program in the project's folder, on this terminal.
 * @throws SetupError when it fails.
 */
export async function runHere(command: string, args: string[]): Promise<void> {
  const options = { cwd: ROOT, env: programEnvironment(), extendEnv: false, stdio: 'inherit' } as const;
  const { exitCode } = await execa(command, args, { ...options, reject: false });
  if (exitCode !== 0) throw new SetupError(`"${[command, ...args].join(' ')}" failed.`);
}
