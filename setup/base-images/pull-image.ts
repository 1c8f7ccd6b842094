import { execa } from 'execa';
import { ROOT } from '../config.ts';
import type { Step } from '../progress.ts';
import { programEnvironment, tryRun } from '../run-command.ts';

/** Milliseconds for a registry to say its first word; what follows may take as long as the line needs. */
const FIRST_WORD = 15_000;
const WHOLE_PULL = 20 * 60_000;

/** Whether the engine has the image. */
export async function isPresent(image: string): Promise<boolean> {
  return (await tryRun('docker', ['image', 'inspect', '--format', '{{.Id}}', image])) !== null;
}

/** Pulls an image. Gives null when it came, else why not, in one line. */
export async function pullImage(image: string, step: Step): Promise<string | null> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), FIRST_WORD);
  const child = execa('docker', ['pull', image], {
    cwd: ROOT,
    env: programEnvironment(),
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: WHOLE_PULL,
    cancelSignal: silence.signal,
  });
  child.stdout.once('data', () => clearTimeout(timer));
  child.stdout.on('data', (data: Buffer) =>
    step.say(`${image}: ${data.toString().trim().split('\n').at(-1)}`),
  );
  const { failed, stderr, isCanceled, timedOut } = await child;
  clearTimeout(timer);
  if (isCanceled) return `no answer within ${FIRST_WORD / 1000} s`;
  if (timedOut) return `not complete within ${WHOLE_PULL / 60_000} minutes`;
  return failed
    ? (stderr.trim().split('\n').at(-1) ?? 'docker pull failed').replace(/^Error response from daemon: /, '')
    : null;
}
