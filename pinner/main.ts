import { formatCpuList } from '../placement/cpu-list.ts';
import { PLACEMENT_DIR, SOCKET_DIR } from '../placement/paths.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { connectSocket } from './connect-socket.ts';
import { connectDocker } from './docker/docker-client.ts';
import { messageOf } from './docker/docker-error.ts';
import { watchEvents } from './docker/watch-events.ts';
import { extendHealth } from './health-file.ts';
import { keepPlacement } from './keep-placement.ts';
import { log } from './log.ts';
import { readAvailable } from './machine/read-cores.ts';
import { readProcess } from './machine/read-process.ts';
import { watchCores } from './machine/watch-cores.ts';
import { openComingFlag } from './output/coming-flag.ts';
import { openPlacementStore } from './output/placement-store.ts';
import { queuePasses } from './queue-passes.ts';
import { PROJECT_LABEL, SERVICE_LABEL } from './read-members.ts';
import { watchSockets } from './watch-sockets.ts';

/** Those that can change what a pass finds; a health check's exec events, say, cannot. */
const EVENTS = ['create', 'start', 'die', 'destroy', 'update', 'pause', 'unpause'];
/** One action of Compose is several events within a few milliseconds. */
const GATHER_MS = 20;

async function main(config: Config): Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const docker = connectDocker(config.dockerSocket, signal);
  const readCores = watchCores(config.cores);

  let healthTrouble = false;
  const passed = () => {
    try {
      extendHealth(config.resyncMs);
    } catch (error) {
      if (!healthTrouble)
        log('warn', `The health file cannot be written: ${messageOf(error)}. Give /tmp a tmpfs.`);
      healthTrouble = true;
    }
  };
  const { show: showComing } = openComingFlag(PLACEMENT_DIR, log);
  const around = { config, docker, readCores, readProcess, connects: connectSocket, showComing, log };
  const pass = await keepPlacement(around, openPlacementStore(PLACEMENT_DIR), signal, passed);
  const queue = queuePasses(pass, GATHER_MS, config.resyncMs);

  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.once(name, async () => {
      log('info', `${name}: stopping. Placement and list stay as they are.`);
      stopping.abort();
      await queue.stop();
      // Compose may be replacing everything, this container among it: who comes meanwhile is seen by the next pinner.
      showComing(true);
      process.exit(0);
    });
  }

  const cores = formatCpuList(readCores().cores.map(({ core }) => core));
  log('info', `Pinning service ${config.service} of project ${config.project} to cores ${cores}.`);
  queue.trigger();
  watchSockets(SOCKET_DIR, queue.trigger, log, signal);
  const labels = { [PROJECT_LABEL]: config.project, [SERVICE_LABEL]: config.service };
  await watchEvents({ open: () => docker.events(labels, EVENTS), changed: queue.trigger, log, signal });
}

async function start(): Promise<void> {
  try {
    await main(readConfig(readAvailable()));
  } catch (error) {
    for (const line of error instanceof ConfigError ? error.lines : [messageOf(error)]) log('error', line);
    process.exitCode = error instanceof ConfigError ? 2 : 1;
  }
}

// No await at the top level: the bundle is CommonJS, in which node:http is 16 MB smaller. An ES import of it reads
// every export, and those behind getters load all of fetch and WebSocket.
void start();
