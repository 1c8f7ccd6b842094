import { execa } from 'execa';
import { expect, test } from 'vitest';
import { get } from './http/get.ts';
import { type Stack, startStack } from './stack/start-stack.ts';
import { until } from './stack/until.ts';

/** The PIDs of the control's processes as the host sees them: the primary's, and those of its workers. */
async function processes(stack: Stack): Promise<{ primary: number; workers: number[] }> {
  const container = await stack.compose('ps', '--quiet', 'baseline');
  const { stdout } = await execa('docker', ['top', container, '-o', 'pid,ppid,args']);
  const rows = stdout
    .split('\n')
    .slice(1)
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , ...args]) => args.join(' ').startsWith('/usr/local/bin/node'))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
  const primary = rows.find(({ pid }) => rows.some(({ parent }) => parent === pid))?.pid ?? 0;
  return { primary, workers: rows.filter(({ parent }) => parent === primary).map(({ pid }) => pid) };
}

test('the control is the tutorial: its words, a worker per core, and a new one for one that dies', async () => {
  await using stack = await startStack({ replicas: 1, profiles: ['baseline'] });
  const url = stack.urlOf('cluster');
  const { cores } = await stack.placement();
  await until('all workers listen', async () => (await pids()).size === cores.length);

  expect(await get(`${url}/`)).toMatchObject({ status: 200, body: 'Hello World!' });
  expect((await get(`${url}/api/1000000`)).body).toMatch(/^Final count is 500000500000 at pid: \d+$/);
  expect((await get(`${url}/pid`)).headers['access-control-allow-origin']).toBe('*');
  // A double is no longer exact here, and the tutorial's loop adds up doubles.
  expect((await get(`${url}/api/200000000`)).body).toMatch(/^Final count is 20000000067108864 /);

  const before = await pids();
  const { workers } = await processes(stack);
  expect(workers).toHaveLength(cores.length);
  process.kill(workers[0] as number, 'SIGKILL');
  await until('there is another', async () => {
    const now = await processes(stack);
    return now.workers.length === cores.length && !now.workers.includes(workers[0] as number);
  });
  await until('it serves, and the dead one no more', async () => {
    const now = await pids();
    return now.size === cores.length && [...now].some((pid) => !before.has(pid));
  });
  expect(await stack.compose('logs', '--no-log-prefix', 'baseline')).toMatch(/worker \d+ died/);

  /** The workers that answer new connections. */
  async function pids(): Promise<Set<string>> {
    const answers = await Promise.all(Array.from({ length: 4 * cores.length }, () => get(`${url}/pid`)));
    return new Set(
      answers.map(({ body }) => /^Which PID handled this process: (\d+)$/.exec(body)?.[1] ?? body),
    );
  }
});
