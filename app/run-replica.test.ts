import { linkSync, lstatSync, mkdirSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { runReplica } from './run-replica.ts';
import { HOSTNAME, placementWith, replaceFile, writeProc } from './testing/placement.ts';
import { ask } from './testing/request.ts';
import { makeDirectory } from './testing/start-server.ts';

/** A replica on its way to serving, with a kernel that answers what the test wants; stopped when the test ends. */
function start({ drainSeconds = 5 } = {}) {
  const directory = makeDirectory();
  const placementFile = path.join(directory, 'placement.json');
  const proc = makeDirectory();
  writeProc(proc, 1000, '1');
  const logged: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
  const stop = new AbortController();
  const run = (socketDir = directory) => {
    const source = { placementFile, hostname: HOSTNAME, proc };
    const ended = runReplica({ config: { maxSums: 4, drainSeconds }, source, socketDir }, stop.signal);
    ended.catch(() => {});
    onTestFinished(async () => {
      stop.abort();
      await ended.catch(() => {});
      vi.restoreAllMocks();
    });
    return ended;
  };
  const socket = path.join(directory, `${HOSTNAME}.sock`);
  const place = (content: unknown = placementWith()) => replaceFile(placementFile, content);
  return { directory, socket, proc, logged, stop, run, place };
}

const serving = (socket: string) =>
  vi.waitUntil(() => ask(socket, '/pid').catch(() => false), { timeout: 5000, interval: 10 });
const exists = (file: string) => lstatSync(file, { throwIfNoEntry: false }) !== undefined;

describe('runReplica', () => {
  test('listens only once it is placed and the kernel says so', async () => {
    const { socket, proc, logged, run, place } = start();
    run();
    await vi.waitUntil(() => logged.some((line) => line.includes('there is no')));
    place(placementWith({ state: 'waiting', core: null }));
    await vi.waitUntil(() => logged.some((line) => line.includes('replica 2 is waiting')));
    writeProc(proc, 1000, '0-1');
    place();
    await vi.waitUntil(() => logged.some((line) => line.includes('the kernel allows CPUs 0-1')));
    expect(exists(socket)).toBe(false);
    // The kernel changes without a change of the file.
    writeProc(proc, 1000, '1');
    await serving(socket);
    expect(lstatSync(socket).mode & 0o777).toBe(0o666);
    expect(await ask(socket, '/pid')).toMatchObject({
      body: 'Which PID handled this process: 4712',
      headers: { 'x-core': '1' },
    });
  });

  test('follows the pinner to another core, and keeps the last good placement over a broken file', async () => {
    const { socket, proc, logged, run, place } = start();
    place();
    run();
    await serving(socket);
    for (const broken of ['{', { version: 2 }, { ...placementWith(), replicas: 'none' }]) {
      const before = logged.length;
      place(broken);
      await vi.waitUntil(() => logged.length > before);
      expect((await ask(socket, '/pid')).body).toContain('4712');
    }
    writeProc(proc, 1000, '6');
    place(placementWith({ core: 6, state: 'serving' }));
    await vi.waitUntil(async () => (await ask(socket, '/')).headers['x-core'] === '6');
    expect(logged.filter((line) => line.includes('keeps its placement')).length).toBeGreaterThanOrEqual(3);
  });

  test('takes the place of a socket that a crash left', async () => {
    const { directory, socket, run, place } = start();
    const crashed = net.createServer().listen(path.join(directory, 'crashed.sock'));
    await new Promise((resolve) => crashed.on('listening', resolve));
    linkSync(path.join(directory, 'crashed.sock'), socket);
    await new Promise((resolve) => crashed.close(resolve));
    expect(exists(socket)).toBe(true);
    place();
    run();
    await serving(socket);
  });

  test('fails when it cannot listen', async () => {
    const { directory, socket, run, place } = start();
    place();
    await expect(run(path.join(directory, 'nowhere'))).rejects.toThrow(/listen E\w+: .*nowhere/);
    mkdirSync(socket);
    await expect(run()).rejects.toThrow(/directory/);
  });

  test('stops at once while it waits', async () => {
    const { stop, run } = start();
    const ended = run();
    stop.abort();
    await ended;
  });
});

describe('stopping', () => {
  test('takes the socket away first, answers what is in flight, then ends', async () => {
    const { socket, stop, run, place } = start();
    place();
    const ended = run();
    await serving(socket);
    const agent = new http.Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    await ask(socket, '/', { agent });
    const sum = ask(socket, '/api/3000000000', { agent });
    await delay(20);
    stop.abort();
    await nextTurn();
    expect(exists(socket)).toBe(false);
    expect(await sum).toMatchObject({ status: 200, headers: { connection: 'close' } });
    await ended;
  });

  test('answers those who connected just before', async () => {
    const { socket, stop, run, place } = start();
    place();
    const ended = run();
    await serving(socket);
    const answers = Array.from({ length: 200 }, () => ask(socket, '/pid'));
    stop.abort();
    for (const answer of await Promise.all(answers)) expect(answer.headers.connection).toBe('close');
    await ended;
  });

  test('gives up sums that take too long', async () => {
    const { socket, stop, run, place } = start({ drainSeconds: 0 });
    place();
    const ended = run();
    await serving(socket);
    const sum = ask(socket, '/api/5000000000');
    await delay(50);
    stop.abort();
    expect(await sum).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1', connection: 'close', 'x-core': '1' },
    });
    await ended;
  });
});
