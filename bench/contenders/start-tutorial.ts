import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { run, tryRun } from '../../setup/run-command.ts';
import { SetupError } from '../../setup/setup-error.ts';
import { makeNetwork } from '../docker/make-network.ts';
import { type Container, startContainer } from '../docker/run-container.ts';
import { stopped } from '../session.ts';
import type { Server } from './server.ts';

export const BASELINE_IMAGE = 'percore-baseline:0.1.0';
export const PM2_IMAGE = 'percore-bench-pm2';

/** Where the tutorial's server listens. */
export const TUTORIAL_URL = 'http://127.0.0.1:8090';

const PAUSE = 50;
const DEADLINE = 30_000;

/** The tutorial's own way: a worker for each CPU that it is given. */
export async function startCluster(cpus: string): Promise<Server> {
  // An init, as in docker-compose.yml: it has no answer to SIGTERM.
  return await start({ image: BASELINE_IMAGE, cpus, options: ['--init'] });
}

/** The same file under PM2, which does not see that a container has fewer CPUs than the machine: so told how many. */
export async function startPm2(cpus: string, workers: number): Promise<Server> {
  return await start({ image: PM2_IMAGE, cpus, command: [String(workers)] });
}

/** The same file as one plain process. */
export async function startSingle(cpus: string): Promise<Server> {
  const folder = path.join(import.meta.dirname, '../single');
  return await start({
    image: BASELINE_IMAGE,
    cpus,
    options: ['--volume', `${folder}:/bench:ro`, '--entrypoint', '/usr/local/bin/node'],
    command: ['--import', '/bench/without-cluster.ts', '/app/cluster-server.ts'],
  });
}

async function start(container: Container): Promise<Server> {
  const network = ['--network', await makeNetwork()];
  const id = await startContainer({ ...container, options: [...network, ...(container.options ?? [])] });
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
  const address = (await run('docker', ['inspect', '--format', format, id])).trim();
  const url = `http://${address}:8090/pid`;
  await untilAnswering(url, id);
  return {
    network: id,
    containers: () => Promise.resolve([id]),
    restart: async () => {
      await run('docker', ['restart', '--time', '1', id]);
      await untilAnswering(url, id);
    },
    stop: async () => {
      await tryRun('docker', ['rm', '--force', '--volumes', id]);
    },
  };
}

async function untilAnswering(url: string, id: string): Promise<void> {
  for (const end = performance.now() + DEADLINE; performance.now() < end; await delay(PAUSE)) {
    stopped.throwIfAborted();
    try {
      if ((await fetch(url, { signal: AbortSignal.timeout(1000) })).ok) return;
    } catch {
      // Not yet.
    }
  }
  const logs = await tryRun('docker', ['logs', '--tail', '10', id]);
  throw new SetupError(`A contender did not answer on ${url} within ${DEADLINE / 1000} s:\n${logs ?? ''}`);
}
