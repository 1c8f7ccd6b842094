import { chmod, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { DockerComposeEnvironment, Wait } from 'testcontainers';
import {
  type PlacedReplica,
  type PlacementFile,
  parsePlacementFile,
} from '../../placement/placement-file.ts';
import { get } from '../http/get.ts';
import { type Mode, type PortVariables, startOnFreePorts, urlOf } from './choose-ports.ts';
import { until } from './until.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface StackOptions {
  replicas: number;
  /** How many of them serve before the test begins; all of them unless told otherwise. */
  serving?: number;
  /** Variables of docker-compose.yml. */
  environment?: Record<string, string>;
  /** Of docker-compose.yml. */
  profiles?: string[];
  /** What a Compose file over docker-compose.yml would say. */
  override?: object;
}

/**
 * Starts the whole stack through Testcontainers, on a project name, free ports and a copy of the `nginx` folder of
 * its own, so that several can run side by side. It is taken down, volumes included, when it goes out of scope.
 */
export async function startStack({
  replicas,
  serving = replicas,
  environment = {},
  profiles = [],
  override,
}: StackOptions): Promise<Stack> {
  const project = `percore-test-${process.pid}-${Date.now().toString(36)}`;
  const nginxFolder = await mkdtemp(join(tmpdir(), 'percore-nginx-'));
  // Nginx is another user there.
  await chmod(nginxFolder, 0o755);
  await cp(join(ROOT, 'nginx'), nginxFolder, { recursive: true });
  const files = ['docker-compose.yml'];
  if (override) {
    files.push(join(nginxFolder, 'override.json'));
    await writeFile(files[1] as string, JSON.stringify(override));
  }
  const compose = new DockerComposeEnvironment(ROOT, files)
    .withProjectName(project)
    .withProfiles(...profiles);
  // Healthy means serving: what is not meant to serve has started once it says that it waits.
  if (serving === 0) compose.withWaitStrategy('app-1', Wait.forLogMessage(/waits for its placement/));
  // Testcontainers would look for its port from inside, with a shell that is not there.
  if (profiles.includes('baseline')) compose.withWaitStrategy('baseline-1', Wait.forHttp('/pid', 8090));
  const { started, variables } = await startOnFreePorts(async (ports) => {
    const own = { PERCORE_REPLICAS: String(replicas), PERCORE_NGINX_DIR: nginxFolder };
    const variables = { ...environment, ...own, ...ports, COMPOSE_FILE: files.join(':') };
    return { started: await compose.withEnvironment(variables).up(), variables };
  }).catch(async (error) => {
    await rm(nginxFolder, { recursive: true });
    throw error;
  });
  const stack = new Stack(project, nginxFolder, variables, async () => {
    await started.down({ removeVolumes: true });
    await rm(nginxFolder, { recursive: true });
  });
  try {
    if (serving > 0) await stack.untilServedBy(serving);
    else await until('Nginx answers', async () => (await stack.placement()).replicas.length === replicas);
  } catch (error) {
    await stack[Symbol.asyncDispose]();
    throw error;
  }
  return stack;
}

export class Stack {
  readonly project: string;
  /** The main port, from the host. */
  readonly url: string;
  /** This stack's own copy of the `nginx` folder. */
  readonly nginxFolder: string;
  readonly #variables: PortVariables & Record<string, string>;
  readonly #down: () => Promise<void>;

  constructor(
    project: string,
    nginxFolder: string,
    variables: PortVariables & Record<string, string>,
    down: () => Promise<void>,
  ) {
    this.project = project;
    this.url = urlOf(variables, 'main');
    this.nginxFolder = nginxFolder;
    this.#variables = variables;
    this.#down = down;
  }

  /** The address of a mode's own port, from the host. */
  urlOf(mode: Mode): string {
    return urlOf(this.#variables, mode);
  }

  /** Runs `docker compose` on this stack, and gives what it printed on standard output. */
  async compose(...args: string[]): Promise<string> {
    const { stdout } = await execa('docker', ['compose', '--project-name', this.project, ...args], {
      cwd: ROOT,
      env: this.#variables,
    });
    return stdout;
  }

  /** What a user types to scale; it waits for Compose alone, not for the replicas to serve. */
  async scale(replicas: number): Promise<void> {
    await this.compose('up', '--detach', '--no-recreate', '--scale', `app=${replicas}`);
  }

  /** One field of a container, in the words of `docker inspect --format`. */
  async inspect(container: string, format: string): Promise<string> {
    const { stdout } = await execa('docker', ['inspect', '--format', format, container], {
      env: this.#variables,
    });
    return stdout;
  }

  /** Changes a replica's cpuset as an administrator could, past the pinner. */
  async updateCpuset(container: string, cpus: string): Promise<void> {
    await execa('docker', ['update', '--cpuset-cpus', cpus, container], { env: this.#variables });
  }

  async placement(): Promise<PlacementFile> {
    const { status, body } = await get(`${this.url}/lab/placement.json`);
    if (status !== 200) throw new Error(`The placement file was answered with ${status}: ${body}`);
    return parsePlacementFile(body);
  }

  async replica(number: number): Promise<PlacedReplica> {
    const { replicas } = await this.placement();
    const found = replicas.find((each) => each.replica === number);
    if (!found) throw new Error(`No replica ${number} in ${JSON.stringify(replicas)}`);
    return found;
  }

  /** Waits until Nginx sends requests to just so many replicas, all of them placed. */
  async untilServedBy(replicas: number): Promise<void> {
    await until(`${replicas} replicas serve`, async () => {
      const { replicas: placed } = await this.placement();
      if (placed.length !== replicas || placed.some((each) => each.state !== 'serving')) return false;
      const answers = await Promise.all(Array.from({ length: 2 * replicas }, () => get(`${this.url}/pid`)));
      const pids = new Set(answers.map((answer) => answer.body));
      return answers.every((answer) => answer.status === 200) && pids.size === replicas;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#down();
  }
}
