import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type PlacementFile, parsePlacementFile } from '../../placement/placement-file.ts';
import { ROOT } from '../../setup/config.ts';
import { run, tryRun } from '../../setup/run-command.ts';
import { SetupError } from '../../setup/setup-error.ts';
import { judgePlacement } from '../../setup/stack/judge-placement.ts';
import { takeDown } from '../docker/remove-leftovers.ts';
import { SESSION, stopped } from '../session.ts';
import type { Server } from './server.ts';

const OVERRIDES = path.join(import.meta.dirname, '../compose');

/** Milliseconds. */
const DEADLINE = 60_000;
const PAUSE = 50;

export interface PercoreOptions {
  readonly name: string;
  readonly cpus: string;
  readonly replicas: number;
  /** A bundle of the app to use instead of the image's own. */
  readonly bundle?: string;
}

/**
 * Starts a stack of its own, confined to some CPUs, and waits until every replica serves.
 * @throws SetupError when one does not.
 */
export async function startPercore(options: PercoreOptions): Promise<PercoreServer> {
  const server = new PercoreServer(options);
  try {
    await server.scale(options.replicas);
    await server.refresh();
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

export class PercoreServer implements Server {
  readonly project: string;
  readonly #files: string[];
  readonly #environment: Record<string, string>;
  #network = '';
  #address = '';

  constructor({ name, cpus, bundle }: PercoreOptions) {
    this.project = `${SESSION}-${name}`;
    const files = [path.join(ROOT, 'docker-compose.yml'), path.join(OVERRIDES, 'confine.yml')];
    if (bundle !== undefined) files.push(path.join(OVERRIDES, 'tutorial-loop.yml'));
    this.#files = files.flatMap((file) => ['--file', file]);
    this.#environment = {
      PERCORE_CORES: cpus,
      PERCORE_REPLICAS: '1',
      PERCORE_NGINX_DIR: path.join(ROOT, 'nginx'),
      BENCH_CPUS: cpus,
      BENCH_APP_BUNDLE: bundle ?? '',
    };
  }

  get network(): string {
    return this.#network;
  }

  async compose(...args: string[]): Promise<string> {
    const own = ['compose', '--project-name', this.project, '--project-directory', ROOT, ...this.#files];
    return await run('docker', [...own, ...args], { env: this.#environment });
  }

  /** Waits until all of so many replicas serve. */
  async scale(replicas: number): Promise<void> {
    await this.startReplicas(replicas);
    await this.untilServing(replicas);
  }

  async untilServing(replicas: number): Promise<void> {
    const deadline = performance.now() + DEADLINE;
    let missing: string | null = 'Nginx answers';
    while (performance.now() < deadline) {
      stopped.throwIfAborted();
      const placement = await this.placement();
      missing = placement === null ? 'Nginx answers' : judgePlacement(placement, replicas);
      if (missing === null) return;
      await delay(PAUSE);
    }
    const logs = await tryRun('docker', ['compose', '--project-name', this.project, 'logs', '--tail', '5']);
    throw new SetupError(`${this.project} was not ready. It was waited until: ${missing}.\n\n${logs ?? ''}`);
  }

  /** Tells Compose, and waits for it alone. */
  async startReplicas(replicas: number): Promise<void> {
    stopped.throwIfAborted();
    await this.compose('up', '--detach', '--no-recreate', '--scale', `app=${replicas}`);
    if (this.#network === '') await this.refresh();
  }

  async restart(): Promise<void> {
    const replicas = (await this.containersOf('app')).length;
    await this.compose('restart', '--timeout', '1', 'app', 'nginx');
    await this.refresh();
    await this.untilServing(replicas);
  }

  async refresh(): Promise<void> {
    this.#network = (await this.compose('ps', '--quiet', 'nginx')).trim();
    const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
    this.#address = (await run('docker', ['inspect', '--format', format, this.#network])).trim();
  }

  async containers(): Promise<readonly string[]> {
    return (await this.compose('ps', '--quiet')).split('\n').filter(Boolean);
  }

  async containersOf(service: string): Promise<readonly string[]> {
    return (await this.compose('ps', '--quiet', service)).split('\n').filter(Boolean);
  }

  /** Null while Nginx does not answer. */
  async placement(): Promise<PlacementFile | null> {
    try {
      const url = `http://${this.#address}:8080/lab/placement.json`;
      const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
      return response.ok ? parsePlacementFile(await response.text()) : null;
    } catch {
      return null;
    }
  }

  async stop(): Promise<void> {
    await takeDown(this.project);
  }
}
