import { get } from '../test/http/get.ts';
import { type Stack, startStack } from '../test/stack/start-stack.ts';
import { until } from '../test/stack/until.ts';

/** Replicas of percore, and workers of the cluster: fixed, so that the matrix reads the same wherever it is measured. */
export const REPLICAS = 3;
export const WORKERS = 2;

/** A stack with the tutorial's server beside it. */
export async function openStage(): Promise<Stage> {
  const stack = await startStack({ replicas: REPLICAS });
  const stage = new Stage(stack);
  try {
    await stage.startCluster();
  } catch (error) {
    await stage[Symbol.asyncDispose]();
    throw error;
  }
  return stage;
}

export class Stage {
  readonly stack: Stack;

  constructor(stack: Stack) {
    this.stack = stack;
  }

  async startCluster(): Promise<void> {
    const { cores } = await this.stack.placement();
    const cpus = cores.slice(0, WORKERS).map(({ core }) => core);
    if (cpus.length < WORKERS) {
      throw new Error(
        `The cluster starts a worker per core and has to have ${WORKERS} to choose from, but this machine has ${cpus.length} core: measure on a larger one.`,
      );
    }
    await this.#compose('up', '--no-start', '--no-deps', '--build', 'baseline');
    const container = (await this.#compose('ps', '--all', '--quiet', 'baseline')).trim();
    await this.stack.updateCpuset(container, cpus.join());
    await this.#compose('start', 'baseline');
    await until('every worker of the cluster answers', async () => {
      const url = `${this.stack.urlOf('cluster')}/pid`;
      const answers = await Promise.all(Array.from({ length: 2 * WORKERS }, () => get(url)));
      return new Set(answers.map(({ body }) => body)).size === WORKERS;
    });
  }

  async #compose(...args: string[]): Promise<string> {
    return this.stack.compose('--profile', 'baseline', ...args);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Compose leaves what belongs to a profile when it takes down the rest.
    await this.#compose('rm', '--stop', '--force', 'baseline');
    await this.stack[Symbol.asyncDispose]();
  }
}
