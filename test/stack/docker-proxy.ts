import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DOCKER_SOCKET = '/var/run/docker.sock';

export interface DockerProxy {
  socket: string;
  close(): Promise<void>;
}

/**
 * Docker's API as it is, except for container updates: a stand-in for an engine that may not pin (a rootless one
 * without delegation says so, an old kernel only warns), which the machine under test cannot be made into.
 */
export async function startDockerProxy(fault: { refuse: string } | { ignore: string }): Promise<DockerProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'percore-docker-'));
  const socket = join(folder, 'docker.sock');
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.endsWith('/update')) {
      const [status, body] =
        'refuse' in fault ? [500, { message: fault.refuse }] : [200, { Warnings: [fault.ignore] }];
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      return;
    }
    const { method, url, headers } = incoming;
    const forwarded = request({ socketPath: DOCKER_SOCKET, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
      outgoing.on('close', () => answer.destroy());
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return {
    socket,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}
