import { execa } from 'execa';
import { ROOT } from '../config.ts';
import { programEnvironment } from '../run-command.ts';
import { SetupError } from '../setup-error.ts';
import { judgeLogLine } from './judge-log-line.ts';

/** Milliseconds for Nginx to notice a change: it looks at its files twice a second, and checks what it finds. */
const DEADLINE = 15_000;

/**
 * Waits until the running Nginx has taken over a change of sticky.conf.
 * @param since when the file was changed.
 * @returns null, or why Nginx refuses it, in its own words.
 * @throws SetupError when it says neither in time.
 */
export async function awaitReload(since: Date): Promise<string | null> {
  const args = ['compose', 'logs', '--follow', '--no-log-prefix', '--since', since.toISOString(), 'nginx'];
  const logs = execa('docker', args, {
    cwd: ROOT,
    env: programEnvironment(),
    extendEnv: false,
    reject: false,
    buffer: false,
    stdin: 'ignore',
    timeout: DEADLINE,
  });
  try {
    for await (const line of logs) {
      const verdict = judgeLogLine(line);
      if (verdict !== null) return verdict.refusal;
    }
  } finally {
    logs.kill();
    await logs;
  }
  throw new SetupError(
    `Nginx has not said within ${DEADLINE / 1000} s that it took the change over: see "docker compose logs nginx".`,
  );
}
