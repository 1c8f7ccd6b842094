import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DOCKER_SOCKET = '/var/run/docker.sock';

export interface DockerProxy {
  socket: string;
  /** From now on every call waits, and the stream of events is silent. */
  hang(): void;
  goOn(): void;
  close(): Promise<void>;
}

/**
 * Docker's API as it is, except for container updates: a stand-in for an engine that may not pin (a rootless one
 * without delegation says so, an old kernel only warns), which the machine under test cannot be made into. And it can
 * hang.
 */
export async function startDockerProxy(
  fault: { refuse?: string; ignore?: string } = {},
): Promise<DockerProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'percore-docker-'));
  const socket = join(folder, 'docker.sock');
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  const server = createServer(async (incoming, outgoing) => {
    await gate.promise;
    const { method, url, headers } = incoming;
    if (url?.endsWith('/update') && (fault.refuse ?? fault.ignore) !== undefined) {
      const [status, body] = fault.refuse
        ? [500, { message: fault.refuse }]
        : [200, { Warnings: [fault.ignore] }];
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      return;
    }
    const forwarded = request({ socketPath: DOCKER_SOCKET, method, path: url, headers }, async (answer) => {
      outgoing.on('close', () => answer.destroy());
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.flushHeaders();
      try {
        for await (const chunk of answer) {
          await gate.promise;
          outgoing.write(chunk);
        }
      } catch {
        // One of both has left.
      }
      outgoing.end();
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return {
    socket,
    hang() {
      gate = Promise.withResolvers<void>();
    },
    goOn: () => gate.resolve(),
    async close() {
      gate.resolve();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}
