import { chmod, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts } from '../stack/choose-ports.ts';
import { Stack } from '../stack/start-stack.ts';
import { type OwnEngine, startOwnEngine } from './start-own-engine.ts';

const ROOT = join(import.meta.dirname, '../..');

/**
 * An engine of the test's own with the stack on it, from the images of the machine's engine. What goes out of scope is
 * ended, the engine with all of its containers.
 */
export async function startOnEngine(
  replicas: number,
): Promise<{ engine: OwnEngine; stack: Stack } & AsyncDisposable> {
  await using undo = new AsyncDisposableStack();
  const nginxFolder = await mkdtemp(join(tmpdir(), 'percore-nginx-'));
  undo.defer(() => rm(nginxFolder, { recursive: true }));
  // Nginx is another user there.
  await chmod(nginxFolder, 0o755);
  await cp(join(ROOT, 'nginx'), nginxFolder, { recursive: true });

  const ports = await findFreePorts();
  const engine = undo.use(await startOwnEngine(Number(ports.PERCORE_PORT)));
  const variables = {
    ...ports,
    DOCKER_HOST: `unix://${engine.socket}`,
    PERCORE_DOCKER_SOCKET: engine.socket,
    PERCORE_REPLICAS: String(replicas),
    PERCORE_NGINX_DIR: nginxFolder,
    // In the engine's own network, which nobody else is in.
    PERCORE_BIND: '0.0.0.0',
  };
  const stack = new Stack('percore', nginxFolder, variables, async () => {});
  const images = (await stack.compose('config', '--images', 'app', 'pinner', 'gate', 'nginx')).split('\n');
  await engine.load([...new Set(images.filter(Boolean))]);
  await stack.compose('up', '--detach', '--no-build');
  // Where the engine is away, its containers end with its namespaces.
  undo.defer(async () => void (await stack.compose('down', '--volumes', '--timeout', '2').catch(() => {})));
  await stack.untilServedBy(replicas);
  const all = undo.move();
  return { engine, stack, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
