import { run } from '../../setup/run-command.ts';
import type { Server } from './server.ts';

/**
 * Freezes the contenders whose turn it is not: the health checks and timers of a dozen containers would take some
 * percent of the cores under test.
 */
export class Turns {
  readonly #servers: readonly Server[];
  readonly #frozen = new Map<Server, readonly string[]>();

  constructor(servers: readonly Server[]) {
    this.#servers = servers;
  }

  /** @param awake who is not to be frozen either, as it is measured meanwhile */
  async give(server: Server, awake: Server | null = null): Promise<void> {
    for (const each of this.#servers) {
      if (each === server || each === awake) await this.#thaw(each);
      else if (!this.#frozen.has(each)) await this.#freeze(each);
    }
  }

  async thawAll(): Promise<void> {
    for (const each of this.#servers) await this.#thaw(each);
  }

  async #freeze(server: Server): Promise<void> {
    const running = await run('docker', ['ps', '--quiet', '--no-trunc', '--filter', 'status=running']);
    // One that was crashed may be gone for good.
    const containers = (await server.containers()).filter((each) => running.includes(each));
    this.#frozen.set(server, containers);
    if (containers.length > 0) await run('docker', ['pause', ...containers]);
  }

  async #thaw(server: Server): Promise<void> {
    const containers = this.#frozen.get(server);
    if (containers === undefined) return;
    if (containers.length > 0) await run('docker', ['unpause', ...containers]);
    this.#frozen.delete(server);
  }
}
