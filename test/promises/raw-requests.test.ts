import { afterAll, beforeAll, expect } from 'vitest';
import { get } from '../http/get.ts';
import { inParallel } from '../http/in-parallel.ts';
import { judgeAnswers } from '../http/judge-answers.ts';
import { END, type RawAnswer, sendRaw } from '../http/send-raw.ts';
import { type Mode, NGINX_MODES } from '../stack/choose-ports.ts';
import { readLog } from '../stack/read-log.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { until } from '../stack/until.ts';
import { promise } from './promise.ts';
import { bodies } from './raw-requests/bodies.ts';
import { counts } from './raw-requests/counts.ts';
import { headers } from './raw-requests/headers.ts';
import { labFiles } from './raw-requests/lab-files.ts';
import { mutate, seededRandom } from './raw-requests/mutate.ts';
import { notHttp } from './raw-requests/not-http.ts';
import { paths } from './raw-requests/paths.ts';
import type { Expected, RawRequest } from './raw-requests/raw-request.ts';
import { requestLines } from './raw-requests/request-lines.ts';
import { truncated } from './raw-requests/truncated.ts';

const SECTION = '6 Bad input';
const AT_A_TIME = 64;
const FAMILIES = { counts, paths, requestLines, headers, bodies, notHttp, truncated };
const EVERY_PORT = Object.values(FAMILIES).flat();

/** Shows that a connection takes a further request, and ends it. */
const FURTHER = 'GET /pid HTTP/1.1\r\nHost: further\r\nConnection: close\r\n\r\n';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ replicas: 2 });
});
afterAll(() => stack?.[Symbol.asyncDispose]());

promise(
  SECTION,
  `Each of ${EVERY_PORT.length} raw requests is answered as its entry says on each of the ${NGINX_MODES.length} ports, ` +
    'a smuggled one never, and no answer holds a trace or a path of the server',
  async ({ measured }) => {
    const before = await lives();
    const started = performance.now();
    for (const [family, requests] of Object.entries(FAMILIES)) {
      const asked = requests.flatMap((request) => NGINX_MODES.map((port) => ({ request, port })));
      expect(await faultsOf(asked), family).toEqual([]);
      await everyPortAnswers();
    }
    expect(await lives()).toEqual(before);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    measured(`${EVERY_PORT.length} requests on ${NGINX_MODES.length} ports in ${seconds} s, all as expected`);
  },
);

promise(
  SECTION,
  `Each of ${labFiles.length} raw requests for the lab's files is answered as its entry says`,
  async ({ measured }) => {
    expect(await faultsOf(labFiles.map((request) => ({ request, port: 'main' })))).toEqual([]);
    await everyPortAnswers();
    measured(`${labFiles.length} requests, all as expected`);
  },
);

promise(SECTION, 'A forwarded address is believed from nobody on the main port', async ({ measured }) => {
  const spoofs = ['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'X-Client-IP', 'True-Client-IP', 'Client-IP'];
  await Promise.all(
    spoofs.map((name) =>
      get(`${stack.url}/nothing?${name}`, {
        headers: { [name]: 'for=203.0.113.7', 'X-Forwarded-For': '203.0.113.7' },
      }),
    ),
  );
  await until('every line is written', async () => {
    const believed = (await readLog(stack)).filter(({ uri }) =>
      spoofs.some((name) => uri === `/nothing?${name}`),
    );
    expect(believed.filter(({ client, peer }) => client !== peer || client === '203.0.113.7')).toEqual([]);
    return believed.length === spoofs.length;
  });
  measured(`${spoofs.length} headers, none believed`);
});

promise(
  SECTION,
  'Requests changed at random bring down no process and no answer of 500, 502 or 504',
  async ({ full, measured }) => {
    const before = await lives();
    const seed = full ? Date.now() % 2 ** 31 : 20_260_101;
    const random = seededRandom(seed);
    const sources = EVERY_PORT.map(([, bytes]) => bytes);
    const total = full ? 20_000 : 500;
    const faults: string[] = [];
    let answers = 0;
    const asked = Array.from({ length: total }, (_, index) => index);
    await inParallel(asked, AT_A_TIME, async (index) => {
      const bytes = mutate(sources, random);
      const port = NGINX_MODES[index % NGINX_MODES.length] as Mode;
      const halfCloseAfter = index % 2 === 0 ? 100 : 0;
      const next = (all: readonly RawAnswer[]) => (all.length > 0 ? END : undefined);
      const exchange = await sendRaw(stack.urlOf(port), bytes, { halfCloseAfter, next });
      answers += exchange.answers.length;
      const found = judgeAnswers(exchange);
      if (!exchange.closed) found.push('the connection stays open');
      for (const { status, body } of exchange.answers) {
        // Documented: a transfer coding or a version that is not served.
        if (status >= 500 && status !== 501 && status !== 505) found.push(`${status} ${body}`);
      }
      faults.push(...found.map((fault) => `${port}, ${JSON.stringify(bytes)}: ${fault}`));
    });
    expect(faults, `seed ${seed}`).toEqual([]);
    await everyPortAnswers();
    expect(await lives()).toEqual(before);
    measured(
      `${total.toLocaleString('en')} requests, ${answers.toLocaleString('en')} answers, every process alive`,
    );
  },
  300_000,
);

async function faultsOf(asked: readonly { request: RawRequest; port: Mode }[]): Promise<string[]> {
  const faults: string[] = [];
  await inParallel(asked, AT_A_TIME, async ({ request, port }) => {
    const [name, bytes, byNginx, byNode = byNginx] = request;
    const found = await faultsAt(port, bytes, port === 'per_connection' ? byNode : byNginx);
    faults.push(...found.map((fault) => `${name}, ${port}: ${fault}`));
  });
  return faults;
}

async function faultsAt(
  port: Mode,
  bytes: string,
  { statuses, keeps, unannounced, bare }: Expected,
): Promise<string[]> {
  let asked = false;
  const exchange = await sendRaw(stack.urlOf(port), bytes, {
    // Where no answer comes, there is nothing else to wait for.
    ...(statuses.length === 0 && !bare && { halfCloseAfter: 0 }),
    next: (answers) => {
      if (asked || answers.length < statuses.length) return undefined;
      asked = true;
      return keeps ? FURTHER : END;
    },
  });
  const { answers, rest, closed } = exchange;
  const faults = judgeAnswers(exchange);
  const wanted = keeps ? [...statuses, 200] : statuses;
  const got = answers.map(({ status }) => status);
  if (String(got) !== String(wanted)) faults.push(`answered [${got}] instead of [${wanted}]`);
  if (!closed) faults.push('the connection stays open');
  if ((rest !== '') !== (bare === true)) faults.push(`there is more: ${rest}`);
  const last = answers.at(-1);
  if (last && !unannounced && !/^connection: close$/im.test(last.head))
    faults.push('the last answer does not say that it is');
  return faults;
}

/** The stack is as ever. */
async function everyPortAnswers(): Promise<void> {
  const answers = await Promise.all(NGINX_MODES.map((port) => get(`${stack.urlOf(port)}/pid`)));
  expect(answers.map(({ status }) => status)).toEqual(NGINX_MODES.map(() => 200));
}

/** The PIDs of the replicas and of Nginx's processes. */
async function lives(): Promise<unknown[]> {
  const { replicas } = await stack.placement();
  const processes = (await stack.compose('top', 'nginx'))
    .split('\n')
    .filter((line) => line.includes('nginx: '));
  const pids = processes.map((line) => /\d+/.exec(line.replace(/^\S*/, ''))?.[0]);
  return [...replicas.map(({ pid }) => pid), ...pids];
}
