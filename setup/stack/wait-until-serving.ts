import { setTimeout as delay } from 'node:timers/promises';
import {
  type PlacementFile,
  PlacementFileError,
  parsePlacementFile,
} from '../../placement/placement-file.ts';
import { showStep } from '../progress.ts';
import { tryRun } from '../run-command.ts';
import { SetupError } from '../setup-error.ts';
import { findAddress } from './find-address.ts';
import { judgePlacement } from './judge-placement.ts';

/** Milliseconds for all replicas to be pinned and to serve. */
const DEADLINE = 60_000;

/** Milliseconds between looks: nothing tells a client of Nginx that the placement has changed. */
const PAUSE = 100;

export interface Serving {
  readonly url: string;
  readonly placement: PlacementFile;
}

/**
 * Waits until every replica is pinned and Nginx passes requests on.
 * @throws SetupError when that takes longer than the deadline, with all that is known of the cause.
 */
export async function waitUntilServing(replicas: number): Promise<Serving> {
  return await showStep('Wait until every replica is pinned and serves', async (step) => {
    const deadline = performance.now() + DEADLINE;
    let waitingFor = 'Nginx answers';
    while (performance.now() < deadline) {
      const url = await findAddress();
      if (url === null) {
        waitingFor = 'Nginx runs and its port is published';
      } else {
        const placement = await readPlacement(url);
        waitingFor = placement === null ? `${url} answers` : (judgePlacement(placement, replicas) ?? '');
        if (placement !== null && waitingFor === '') {
          if (await isAnswering(url)) return { url, placement };
          waitingFor = `Nginx passes requests on at ${url}`;
        }
      }
      step.say(waitingFor);
      await delay(PAUSE);
    }
    throw new SetupError(await describeStandstill(waitingFor));
  });
}

async function readPlacement(url: string): Promise<PlacementFile | null> {
  const text = await ask(`${url}/lab/placement.json`);
  if (text === null) return null;
  try {
    return parsePlacementFile(text);
  } catch (error) {
    if (error instanceof PlacementFileError) throw new SetupError(error.message);
    throw error;
  }
}

async function isAnswering(url: string): Promise<boolean> {
  return (await ask(`${url}/`)) !== null;
}

async function ask(url: string): Promise<string | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    const text = await response.text();
    return response.ok ? text : null;
  } catch {
    return null;
  }
}

async function describeStandstill(waitingFor: string): Promise<string> {
  const states = await tryRun('docker', ['compose', 'ps', '--all']);
  const logs = await tryRun('docker', ['compose', 'logs', '--tail', '8']);
  return [
    `The stack was not ready within ${DEADLINE / 1000} s. It was waited until: ${waitingFor}.`,
    states ?? 'docker compose ps failed.',
    logs ?? 'docker compose logs failed.',
  ].join('\n\n');
}
