import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { get } from './http/get.ts';
import { kernelCpus } from './stack/kernel-cpus.ts';
import { type Stack, startStack } from './stack/start-stack.ts';

describe('a running stack', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ replicas: 2 });
  });
  afterAll(() => stack?.[Symbol.asyncDispose]());

  test('answers the three routes in the words of the tutorial', async () => {
    const hello = await get(`${stack.url}/`);
    expect(hello).toMatchObject({ status: 200, body: 'Hello World!' });
    expect(hello.headers['content-type']).toBe('text/plain; charset=utf-8');

    const pid = await get(`${stack.url}/pid`);
    expect(pid.body).toMatch(/^Which PID handled this process: \d+$/);

    const sum = await get(`${stack.url}/api/1000000`);
    expect(sum.body).toMatch(/^Final count is 500000500000 at pid: \d+$/);
  });

  test('sums exactly where a double no longer can, and says when it stopped at the cap', async () => {
    const exact = await get(`${stack.url}/api/2000000000`);
    expect(exact.body).toMatch(/^Final count is 2000000001000000000 at pid: \d+$/);
    expect(exact.headers).not.toHaveProperty('x-clamped-to');

    const clamped = await get(`${stack.url}/api/${'9'.repeat(400)}`);
    expect(clamped.body).toMatch(/^Final count is 12500000002500000000 at pid: \d+$/);
    expect(clamped.headers['x-clamped-to']).toBe('5000000000');
  });

  test('gives the same facts as JSON to who asks for it', async () => {
    const accept = { headers: { accept: 'application/json' } };
    const { body, headers } = await get(`${stack.url}/api/7000000000`, accept);
    const facts = JSON.parse(body) as Record<string, unknown>;
    const replica = await stack.replica(Number(headers['x-replica']));
    expect(facts).toEqual({
      sum: '12500000002500000000',
      n: 5_000_000_000,
      clamped: true,
      pid: replica.pid,
      replica: replica.replica,
      core: replica.core,
      milliseconds: expect.any(Number),
    });
  });

  test('signs each reply with the PID that the host sees', async () => {
    for (const { replica, container } of (await stack.placement()).replicas) {
      const { stdout } = await execa('docker', ['top', container, '-o', 'pid,comm']);
      const [hostPid, command] = (stdout.split('\n')[1] ?? '').trim().split(/\s+/);
      expect(command).toMatch(/^node|^MainThread/);
      const answers = await Promise.all(Array.from({ length: 4 }, () => get(`${stack.url}/pid`)));
      const signed = answers.find((answer) => answer.headers['x-replica'] === String(replica));
      expect(signed?.body).toBe(`Which PID handled this process: ${hostPid}`);
    }
  });

  test('keeps each replica on the one core that its replies name, as the kernel sees it', async () => {
    const cores = new Map<string, string>();
    for (let request = 0; request < 4; request += 1) {
      const { headers, body } = await get(`${stack.url}/pid`);
      const pid = Number(/\d+$/.exec(body)?.[0]);
      expect(await kernelCpus(pid)).toBe(headers['x-core']);
      cores.set(String(headers['x-replica']), String(headers['x-core']));
    }
    const { cores: available } = await stack.placement();
    expect(cores.size).toBe(2);
    expect(new Set(cores.values()).size).toBe(Math.min(2, available.length));
  });

  test('deals requests out in turn: of 40, each of 2 replicas answers just 20', async () => {
    const counts: Record<string, number> = {};
    for (let request = 0; request < 40; request += 1) {
      const replica = String((await get(`${stack.url}/pid`)).headers['x-replica']);
      counts[replica] = (counts[replica] ?? 0) + 1;
    }
    expect(counts).toEqual({ '1': 20, '2': 20 });
  });

  test('does not let a favicon take a turn', async () => {
    const before = (await get(`${stack.url}/pid`)).headers['x-replica'];
    expect((await get(`${stack.url}/favicon.ico`)).headers).not.toHaveProperty('x-replica');
    expect((await get(`${stack.url}/pid`)).headers['x-replica']).not.toBe(before);
  });

  test('answers /pid while the same replica runs the longest sum', async () => {
    const sums = [1, 2].map(() => get(`${stack.url}/api/5000000000`));
    let finished = false;
    const all = Promise.all(sums).then((answers) => {
      finished = true;
      return answers;
    });
    const during = await Promise.all(Array.from({ length: 10 }, () => get(`${stack.url}/pid`)));
    expect(finished).toBe(false);
    expect(during.every((answer) => answer.status === 200)).toBe(true);
    expect((await all).every((answer) => answer.body.startsWith('Final count is 12500000002500000000'))).toBe(
      true,
    );
  });

  test('runs the load script and its thresholds hold', async () => {
    const output = await stack.compose('--profile', 'load', 'run', '--rm', '-e', 'SECONDS=3', 'k6');
    expect(output).toMatch(/✓ http_req_failed rate==0/);
    expect(output).toMatch(/app-1 +\d+ +50\.\d %/);
    expect(output).toMatch(/app-2 +\d+ +(50|49)\.\d %/);
  });
});
