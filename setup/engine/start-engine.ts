import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Step } from '../progress.ts';
import { programEnvironment, run } from '../run-command.ts';
import { SetupError } from '../setup-error.ts';
import { findEngine } from './find-engine.ts';

const LOG = '/var/log/percore-dockerd.log';
const DAEMONS = [
  '/usr/sbin/dockerd',
  '/usr/bin/dockerd',
  '/usr/local/bin/dockerd',
  '/usr/local/sbin/dockerd',
];

/** Milliseconds for the engine to answer after its start. */
const START_TIMEOUT = 60_000;

/** The engine's own program on this machine; null when there is none. */
export function findDaemon(): string | null {
  return DAEMONS.find((file) => existsSync(file)) ?? null;
}

/**
 * Starts the installed engine, by the system's service manager where there is one, and waits until it answers.
 * Without one it runs on after this program, until the machine stops.
 * @throws SetupError when it ends or does not answer in time.
 */
export async function startEngine(daemon: string, step: Step): Promise<void> {
  // A package may have started it while it was being installed.
  if ((await findEngine()).state !== 'silent') return;
  if (existsSync('/run/systemd/system')) {
    await run('systemctl', ['start', 'docker']);
    await untilAnswering(() => false, 'See "journalctl -u docker".');
  } else if (firstProcess() === 'init' && existsSync('/etc/init.d/docker')) {
    await run('service', ['docker', 'start']);
    await untilAnswering(() => false, 'See /var/log/docker.log.');
  } else {
    step.say(`the log is ${LOG}`);
    const log = openSync(LOG, 'a');
    const child = spawn(daemon, [], {
      detached: true,
      stdio: ['ignore', log, log],
      cwd: '/',
      env: programEnvironment(),
    });
    let ended = false;
    child.once('exit', () => (ended = true));
    child.once('error', () => (ended = true));
    await untilAnswering(() => ended, `See ${LOG}.`);
    child.unref();
  }
}

async function untilAnswering(hasEnded: () => boolean, see: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT;
  while ((await findEngine()).state === 'silent') {
    if (hasEnded()) throw new SetupError(`The Docker engine was started and ended at once. ${see}`);
    if (performance.now() > deadline) {
      throw new SetupError(`The Docker engine did not answer within ${START_TIMEOUT / 1000} s. ${see}`);
    }
    // The engine tells nobody when it is ready: its socket exists before it answers.
    await delay(200);
  }
}

function firstProcess(): string {
  return existsSync('/proc/1/comm') ? readFileSync('/proc/1/comm', 'utf8').trim() : '';
}
