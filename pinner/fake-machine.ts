import type { DockerClient } from './docker/docker-client.ts';
import { DockerError } from './docker/docker-error.ts';
import type { Core } from './machine/read-cores.ts';
import type { ProcessFacts } from './machine/read-process.ts';

/** For the tests: a container of a machine that only exists in memory. */
export interface FakeContainer {
  id: string;
  labels: Record<string, string>;
  status: string;
  pid: number;
  ticks: number;
  cpuset: string;
  /** What the kernel has. */
  allowed: string;
  listens: boolean;
  /** What Docker does with a new CPU list. */
  pin: 'obey' | 'ignore' | 'warn' | 'fail';
  /** /proc does not show its process. */
  hidden: boolean;
  /** Docker answers nothing about it. */
  silent: boolean;
}

/** For the tests: Docker and the kernel, as far as the pinner sees them. */
export class FakeMachine {
  readonly cores: Core[];
  readonly #containers = new Map<number, FakeContainer>();
  #pids = 100;
  updates: string[] = [];
  inspected: string[] = [];
  failure: DockerError | null = null;
  onUpdate: () => void = () => {};

  constructor(cores: number) {
    this.cores = Array.from({ length: cores }, (_, core) => ({ core, siblings: [core] }));
  }

  create(number: number, more: Partial<FakeContainer> = {}): void {
    const labels = { 'com.docker.compose.container-number': String(number), ...more.labels };
    const id = number.toString(16).padStart(2, '0').padEnd(64, 'f');
    const still = { status: 'created', pid: 0, ticks: 0, cpuset: '', allowed: '' };
    this.#containers.set(number, {
      listens: true,
      pin: 'obey',
      hidden: false,
      silent: false,
      ...still,
      ...more,
      id,
      labels,
    });
  }

  start(number: number): void {
    const one = this.get(number);
    one.status = 'running';
    one.pid = this.#pids++;
    one.ticks = one.pid * 10;
    one.allowed = one.cpuset || `0-${this.cores.length - 1}`;
  }

  run(number: number, more: Partial<FakeContainer> = {}): void {
    this.create(number, more);
    this.start(number);
  }

  crash(number: number): void {
    Object.assign(this.get(number), { status: 'restarting', pid: 0 });
  }

  remove(number: number): void {
    this.#containers.delete(number);
  }

  get(number: number): FakeContainer {
    const one = this.#containers.get(number);
    if (!one) throw new Error(`There is no container ${number}`);
    return one;
  }

  surroundings() {
    const all = () => [...this.#containers.values()];
    const byPid = (pid: number) => all().find((one) => one.pid === pid && !one.hidden);
    return {
      docker: this.#docker(),
      readCores: () => ({ cores: this.cores, problem: null }),
      readProcess: (pid: number): ProcessFacts | null => {
        const one = byPid(pid);
        return one ? { startTicks: one.ticks, allowed: one.allowed } : null;
      },
      showComing: () => {},
      connects: async (socket: string) => {
        const one = all().find(({ id }) => socket.endsWith(`/${id.slice(0, 12)}.sock`));
        return one?.listens === true && one.pid > 0;
      },
    };
  }

  #docker(): DockerClient {
    const find = (id: string) => [...this.#containers.values()].find((one) => one.id === id);
    return {
      list: async () => {
        if (this.failure) throw this.failure;
        return [...this.#containers.values()].map(({ id, labels, status }) => ({ id, labels, status }));
      },
      inspect: async (id) => {
        const one = find(id);
        if (!one) return null;
        this.inspected.push(id);
        if (one.silent) throw new DockerError('Docker does not answer within 5000 ms');
        const { status, pid, cpuset } = one;
        return { id, status, pid, cpuset, running: pid > 0, startedAt: null };
      },
      updateCpuset: async (id, cpus) => {
        this.updates.push(`${id} ${cpus}`);
        const one = find(id);
        if (!one || one.pin === 'fail') throw new DockerError('Requested CPUs are not available', 400);
        if (one.pin === 'warn') return ['Your kernel does not support cpuset. Cpuset discarded.'];
        one.cpuset = cpus;
        if (one.pin === 'obey' && one.pid > 0) one.allowed = cpus;
        this.onUpdate();
        return [];
      },
      events: () => Promise.reject(new DockerError('not in this test')),
    };
  }
}
