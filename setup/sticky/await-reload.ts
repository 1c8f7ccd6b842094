import { setTimeout as delay } from 'node:timers/promises';
import { run } from '../run-command.ts';
import { SetupError } from '../setup-error.ts';
import { judgeLogLine, type Verdict } from './judge-log-line.ts';

/** Milliseconds for Nginx to notice a change: it looks at its files twice a second, and checks what it finds. */
const DEADLINE = 15_000;
const PAUSE = 100;

/**
 * Waits until the running Nginx has taken over a change of sticky.conf.
 * @param since when the file was changed.
 * @returns what Nginx makes of it.
 * @throws SetupError when it says neither in time.
 */
export async function awaitReload(since: Date): Promise<Verdict> {
  // Asked for again and again: a "logs --follow" does not always end when it is told to.
  const args = ['compose', 'logs', '--no-log-prefix', '--since', since.toISOString(), 'nginx'];
  const deadline = performance.now() + DEADLINE;
  while (performance.now() < deadline) {
    for (const line of (await run('docker', args)).split('\n')) {
      const verdict = judgeLogLine(line);
      if (verdict !== null) return verdict;
    }
    await delay(PAUSE);
  }
  throw new SetupError(
    `Nginx has not said within ${DEADLINE / 1000} s that it took the change over: see "docker compose logs nginx".`,
  );
}
