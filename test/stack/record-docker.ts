import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DOCKER_SOCKET = '/var/run/docker.sock';

export interface DockerRecorder {
  socket: string;
  /** Every byte that was said to Docker since the last call, one text per connection. */
  take(): string[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** Docker as it is, and a record of the bytes it is sent. */
export async function recordDocker(): Promise<DockerRecorder> {
  const folder = await mkdtemp(join(tmpdir(), 'percore-record-'));
  const socket = join(folder, 'docker.sock');
  let said: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((caller) => {
    const record = said;
    const index = record.push('') - 1;
    const docker = connect(DOCKER_SOCKET);
    caller.on('data', (bytes) => {
      record[index] += bytes.toString('latin1');
    });
    caller.pipe(docker).pipe(caller);
    for (const [one, other] of [
      [caller, docker],
      [docker, caller],
    ] as const) {
      open.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return {
    socket,
    take() {
      const taken = said;
      said = [];
      return taken;
    },
    async [Symbol.asyncDispose]() {
      for (const each of open) each.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}
