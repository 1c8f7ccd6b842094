import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { get } from './http/get.ts';
import { startSteadyLoad } from './http/steady-load.ts';
import { editNginx } from './stack/edit-nginx.ts';
import { readLog } from './stack/read-log.ts';
import { type Stack, startStack } from './stack/start-stack.ts';
import { until } from './stack/until.ts';

describe('sticky.conf', () => {
  let stack: Stack;
  let file: string;
  let shipped: string;

  beforeAll(async () => {
    stack = await startStack({ replicas: 3 });
    file = join(stack.nginxFolder, 'sticky.conf');
    shipped = await readFile(file, 'utf8');
  });
  afterAll(() => stack?.[Symbol.asyncDispose]());

  const uncommented = (mode: string): string =>
    shipped.replace(new RegExp(`^#\\s*(${mode}\\b.*;)`, 'm'), '$1');

  /** How many replicas answer one client that asks a dozen times. */
  async function replicasSeen(): Promise<number> {
    const answers = await Promise.all(Array.from({ length: 12 }, () => get(`${stack.url}/pid`)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    return new Set(answers.map(({ headers }) => headers['x-replica'])).size;
  }

  /** What Nginx says of its modes, once no worker of an earlier configuration takes requests any more. */
  const modes = async (): Promise<string> => (await get(`${stack.url}/lab/modes.json`)).body;

  test('ships with every mode and none active', () => {
    const directives = shipped
      .split('\n')
      .filter((line) => /^#?\s*(ip_hash|sticky cookie|least_conn)\b.*;/.test(line));
    expect(directives).toHaveLength(3);
    expect(shipped.split('\n').every((line) => line === '' || line.startsWith('#'))).toBe(true);
  });

  test('takes effect when it is saved in place, and loses no request', async () => {
    const load = startSteadyLoad(stack.url, { perSecond: 100 });
    await writeFile(file, uncommented('ip_hash'));
    await until('one client gets one replica', async () => (await replicasSeen()) === 1);
    await writeFile(file, shipped);
    await until('one client gets every replica', async () => (await replicasSeen()) === 3);
    expect((await load.stop()).failures).toEqual([]);
  });

  test('takes effect when an editor replaces the file', async () => {
    await writeFile(`${file}.new`, uncommented('ip_hash'));
    await rename(`${file}.new`, file);
    await until('one client gets one replica', async () => (await replicasSeen()) === 1);
    await writeFile(`${file}.new`, shipped);
    await rename(`${file}.new`, file);
    await until('one client gets every replica', async () => (await replicasSeen()) === 3);
  });

  test('with a cookie keeps who brings it back, and nobody else', async () => {
    await writeFile(file, uncommented('sticky cookie'));
    await until('it is in force', async () => /"sticky":"cookie"/.test(await modes()));
    const first = await get(`${stack.url}/pid`);
    const cookie = String(first.headers['set-cookie']?.[0]).split(';')[0] as string;
    for (let request = 0; request < 6; request += 1) {
      const again = await get(`${stack.url}/pid`, { headers: { cookie } });
      expect(again.headers['x-replica']).toBe(first.headers['x-replica']);
    }
    expect(await replicasSeen()).toBe(3);
    await writeFile(file, shipped);
    await until('no cookie is set', async () => !('set-cookie' in (await get(`${stack.url}/pid`)).headers));
  });

  test('changes nothing when it is broken, and the log says what is wrong with it', async () => {
    await writeFile(file, uncommented('ip_hash'));
    await until('one client gets one replica', async () => (await replicasSeen()) === 1);
    const load = startSteadyLoad(stack.url, { perSecond: 50 });
    await writeFile(file, 'ip_hsah;\n');
    await until('the log names the fault', async () => {
      const log = await stack.compose('logs', '--no-log-prefix', 'nginx');
      return /unknown directive "ip_hsah" in .*sticky\.conf:1/.test(log);
    });
    expect(await replicasSeen()).toBe(1);
    await writeFile(file, shipped);
    await until('one client gets every replica', async () => (await replicasSeen()) === 3);
    expect((await load.stop()).failures).toEqual([]);
  });

  test('is toggled from the command line, which prints what is active now', async () => {
    const sticky = (...args: string[]) =>
      execa('node', ['setup/sticky.ts', ...args], {
        env: { COMPOSE_PROJECT_NAME: stack.project, PERCORE_NGINX_DIR: stack.nginxFolder },
        reject: false,
      });
    const on = await sticky('ip_hash');
    expect(on).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/ip_hash/) });
    expect(await replicasSeen()).toBe(1);
    const off = await sticky('off');
    expect(off).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/round robin/) });
    expect(await replicasSeen()).toBe(3);
    expect(await readFile(file, 'utf8')).toBe(shipped);
    const unknown = await sticky('hash');
    expect(unknown.exitCode).not.toBe(0);
    expect(unknown.stderr).toMatch(/ip_hash.*cookie.*least_conn.*off/);
    expect(unknown.stderr).not.toMatch(/\n\s+at /);
  });

  test('access-log.conf: as shipped a line for what went wrong, and one for every request where that is wanted', async () => {
    const paths = async () => (await readLog(stack)).map(({ uri, status }) => `${status} ${uri}`);
    await get(`${stack.url}/pid?before`);
    await get(`${stack.url}/nothing?before`);
    await editNginx(stack, 'access-log.conf', (text) =>
      text.replace(/^access_log/m, '#access_log').replace(/^#(access_log .*flush=1s;)$/m, '$1'),
    );
    await get(`${stack.url}/pid?after`);
    await until('both lines are there', async () => {
      const lines = await paths();
      return lines.includes('404 /nothing?before') && lines.includes('200 /pid?after');
    });
    expect(await paths()).not.toContain('200 /pid?before');
  });
});
