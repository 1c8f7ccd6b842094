import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { findDaemon } from '../../setup/engine/start-engine.ts';
import { until } from '../stack/until.ts';

/** In a network of its own nobody else can have these: the engine's bridges, and the one container with a network. */
const BRIDGE = '172.17.0.1/16';
const POOL = '172.18.0.0/16';
const NGINX = '172.18.0.2';

export interface OwnEngine {
  /** Its socket, for DOCKER_HOST and PERCORE_DOCKER_SOCKET. */
  readonly socket: string;
  /** Runs a program where the engine's processes are, as the PIDs it tells are those of its own namespace. */
  inside(program: string, ...args: string[]): Promise<string>;
  /** Loads images of the machine's engine into this one. */
  load(images: readonly string[]): Promise<void>;
  /** @returns when the engine's process has ended. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** @returns when it answers. */
  start(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a second Docker engine that keeps its containers alive while it is away (live-restore), in namespaces of its
 * own: its network, mounts and processes are none of the machine's, and are gone with the namespaces, whatever
 * happens. The first container in its first network is reached on the machine's 127.0.0.1: not through Docker's
 * publishing of ports, whose proxy ends with the engine and whose rules it writes anew when it starts.
 */
export async function startOwnEngine(port: number): Promise<OwnEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'percore-engine-'));
  const socket = join(folder, 'docker.sock');
  const web = join(folder, 'web.sock');
  const pidFile = join(folder, 'pid');
  const log = join(folder, 'log');

  const holder = execa(
    'unshare',
    [
      ...['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
      // The shell stays, as the first process: it has to take leave of those whose parents have died.
      ...['sh', '-c', 'ip link set lo up && "$@"; exit', 'sh'],
      ...[process.execPath, join(import.meta.dirname, 'hold-namespaces.ts'), web, NGINX, '8080'],
    ],
    { stdin: 'pipe', buffer: false, reject: false },
  );
  await once(holder.stdout, 'data');
  const namespaces = `/proc/${holder.pid}/ns`;
  const enter = [
    `--net=${namespaces}/net`,
    `--mount=${namespaces}/mnt`,
    `--pid=${namespaces}/pid_for_children`,
  ];
  const inside = async (program: string, ...args: string[]) =>
    (await execa('nsenter', [...enter, program, ...args])).stdout;

  const doorway = createServer((incoming) => {
    const outgoing = connect(web);
    incoming.pipe(outgoing).pipe(incoming);
    incoming.on('error', () => outgoing.destroy());
    outgoing.on('error', () => incoming.resetAndDestroy());
  });
  doorway.listen(port, '127.0.0.1');
  await once(doorway, 'listening');

  const engine: OwnEngine = {
    socket,
    inside,
    async load(images) {
      const saved = execa('docker', ['save', ...images], { encoding: 'buffer', buffer: false });
      await saved.pipe('docker', ['load'], { env: { DOCKER_HOST: `unix://${socket}` } });
    },
    async start() {
      const daemon = findDaemon();
      if (daemon === null) throw new Error('dockerd is not installed on this machine.');
      const started = execa(
        'nsenter',
        [
          ...enter,
          daemon,
          ...['--live-restore', '--pidfile', pidFile, '--host', `unix://${socket}`],
          ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')],
          ...['--bip', BRIDGE, '--default-address-pool', `base=${POOL},size=24`],
        ],
        {
          stdin: 'ignore',
          stdout: { file: log, append: true },
          stderr: { file: log, append: true },
          reject: false,
        },
      );
      let ended = false;
      void started.then(() => (ended = true));
      await until('the engine answers', async () => {
        if (ended) throw new Error(`it ended: ${await readFile(log, 'utf8')}`);
        await execa('docker', ['version'], { env: { DOCKER_HOST: `unix://${socket}` } });
        return true;
      });
    },
    async stop(signal) {
      const pid = (await readFile(pidFile, 'utf8')).trim();
      await inside('kill', `-${signal.slice('SIG'.length)}`, pid);
      await until('the engine has ended', async () => {
        return !(await inside('sh', '-c', `kill -0 ${pid} 2>/dev/null && echo yes || echo no`)).includes(
          'yes',
        );
      });
    },
    async [Symbol.asyncDispose]() {
      doorway.close();
      holder.kill('SIGKILL');
      await holder;
      await until('the folder can be removed', async () => {
        await rm(folder, { recursive: true, force: true });
        return true;
      });
    },
  };
  try {
    await engine.start();
    return engine;
  } catch (error) {
    await engine[Symbol.asyncDispose]();
    throw error;
  }
}
