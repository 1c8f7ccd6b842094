import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { startSteadyLoad } from '../http/steady-load.ts';
import { HTTP_MODES } from '../stack/choose-ports.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { promise } from './promise.ts';

const SECTION = '2 Changes under load';
/** Half a second of a core each. */
const LONG_SUM = '/api/5000000000';

describe('replicas that come and go', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ replicas: 8 });
  });
  afterAll(() => stack?.[Symbol.asyncDispose]());

  /** GETs at 200/s on the main port and some on those of the other modes, and a long sum every half second. */
  async function loseNothing(change: () => Promise<void>): Promise<string> {
    const loads = HTTP_MODES.map((mode) =>
      startSteadyLoad(stack.urlOf(mode), { perSecond: mode === 'main' ? 200 : 10 }),
    );
    const sums = startSteadyLoad(stack.url, { perSecond: 2, paths: [LONG_SUM] });
    await change();
    const added = await sums.stop();
    expect(added.failures).toEqual([]);
    for (const { body } of added.answers) expect(body).toMatch(/^Final count is 12500000002500000000 /);
    let sent = 0;
    let slowest = 0;
    for (const [index, load] of loads.entries()) {
      const result = await load.stop();
      expect(result.failures.map((failure) => `${HTTP_MODES[index]}: ${failure}`)).toEqual([]);
      sent += result.sent;
      slowest = Math.max(slowest, result.slowest);
    }
    return `0 of ${sent} GETs and 0 of ${added.sent} long sums failed, the slowest GET took ${Math.round(slowest)} ms`;
  }

  promise(
    SECTION,
    'scaling 8 -> 2 -> 8 at 200 GETs/s: none fails, and long sums end',
    async ({ full, measured }) => {
      for (let round = 0; round < (full ? 3 : 1); round += 1) {
        const lost = await loseNothing(async () => {
          for (const replicas of [2, 8]) {
            await stack.scale(replicas);
            await stack.untilServedBy(replicas);
          }
        });
        measured(lost);
      }
    },
  );

  promise(
    SECTION,
    '`docker compose up` of a new build of app and pinner at 200 GETs/s: none fails, and long sums end',
    async ({ full, measured }) => {
      if (!full) {
        await stack.scale(2);
        await stack.untilServedBy(2);
      }
      const count = full ? 8 : 2;
      for (const services of full ? [['app'], ['app', 'pinner'], ['app', 'pinner']] : [['app', 'pinner']]) {
        await using build = await newBuild(stack, services);
        const lost = await loseNothing(async () => {
          await stack.compose(...build.files, 'up', '--detach', '--scale', `app=${count}`);
          await stack.untilServedBy(count);
        });
        for (const { container } of (await stack.placement()).replicas) {
          expect(await stack.inspect(container, '{{.Config.Image}}')).toBe(build.image('app'));
        }
        measured(`${services.join(' and ')}, ${count} replicas: ${lost}`);
      }
    },
  );
});

interface Build extends AsyncDisposable {
  /** Arguments for `docker compose`. */
  readonly files: readonly string[];
  image(service: string): string;
}

/** Other images for these services, with the same in them, and a Compose file that names them. */
async function newBuild(stack: Stack, services: readonly string[]): Promise<Build> {
  const tag = Date.now().toString(36);
  const image = (service: string) => `${stack.project}-${service}:${tag}`;
  const folder = await mkdtemp(join(tmpdir(), 'percore-build-'));
  const file = join(folder, 'new-build.yml');
  for (const service of services) {
    const input = `FROM percore-${service}:0.1.0\nLABEL build=${tag}\n`;
    await execa('docker', ['build', '--quiet', '--tag', image(service), '-'], { input });
  }
  const lines = services.map((service) => `  ${service}:\n    image: ${image(service)}\n`);
  await writeFile(file, `services:\n${lines.join('')}`);
  return {
    files: ['--file', 'docker-compose.yml', '--file', file],
    image,
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true });
      // Containers may still run it: the name goes, and the image with the last of them.
      await execa('docker', ['rmi', '--force', ...services.map(image)]);
    },
  };
}
