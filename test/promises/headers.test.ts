import { afterAll, beforeAll, expect } from 'vitest';
import { type RawAnswer, sendRaw } from '../http/send-raw.ts';
import { HTTP_MODES, type Mode, NGINX_MODES } from '../stack/choose-ports.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { promise } from './promise.ts';

const SECTION = '5 Least privilege';

/** Milliseconds: a request waits up to 10 s for replicas that are on their way, and those of a young stack may be. */
const WAIT_FOR_REPLICAS = 15_000;

const FOR_ALL = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-site',
};

/** What is asked, and the status that is promised. */
type Question = readonly [status: number, bytes: string];

function ask(line: string, ...headers: string[]): string {
  return [line, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n');
}

const EVERYWHERE: Question[] = [
  [200, ask('GET / HTTP/1.1')],
  [200, ask('GET /pid HTTP/1.1')],
  [200, ask('GET /pid HTTP/1.1', 'Accept: application/json')],
  [200, ask('GET /pid HTTP/1.1', 'Origin: http://localhost:1')],
  [200, ask('GET /pid HTTP/1.1', 'Via: 1.1 somebody', 'X-Forwarded-For: 192.0.2.1')],
  [200, ask('HEAD /pid HTTP/1.1')],
  [200, ask('GET /api/5 HTTP/1.1')],
  [200, ask('HEAD /api/5 HTTP/1.1')],
  [400, ask('GET /api/abc HTTP/1.1')],
  [400, ask('GET /%zz HTTP/1.1')],
  [400, 'GET /pid HTTP/1.1\r\nConnection: close\r\n\r\n'],
  [400, 'this is no request\r\n\r\n'],
  [404, ask('GET /nothing HTTP/1.1')],
  [405, ask('POST /pid HTTP/1.1', 'Content-Length: 0')],
  [405, ask('UNHEARDOF /pid HTTP/1.1')],
  [431, ask('GET /pid HTTP/1.1', ...Array.from({ length: 4 }, () => `X: ${'a'.repeat(6000)}`))],
];

const BY_NGINX: Question[] = [
  [204, ask('GET /favicon.ico HTTP/1.1')],
  [405, ask('TRACE /pid HTTP/1.1')],
  [413, ask('POST /pid HTTP/1.1', 'Content-Length: 2000') + 'a'.repeat(2000)],
  [414, ask(`GET /${'a'.repeat(8000)} HTTP/1.1`)],
  [505, ask('GET /pid HTTP/3.0')],
];

const BY_MAIN: Question[] = [
  [200, ask('GET /lab/placement.json HTTP/1.1')],
  [200, ask('GET /lab/modes.json HTTP/1.1')],
  [301, ask('GET /lab HTTP/1.1')],
  [404, ask('GET /lab/tsconfig.json HTTP/1.1')],
  [404, ask('GET /lab/nothing.js HTTP/1.1')],
];

function headersOf({ head }: RawAnswer): [string, string][] {
  const lines = head.split('\r\n').slice(1);
  return lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
}

/** Each header once, so that none weakens another, and nothing that tells what to look up. */
function judge(answer: RawAnswer, wanted: Record<string, string>, what: string): void {
  const headers = headersOf(answer);
  for (const [name, value] of Object.entries(wanted)) {
    expect(
      headers.filter(([each]) => each === name),
      `${what}: ${answer.head}`,
    ).toEqual([[name, value]]);
  }
  expect(Object.fromEntries(headers), what).not.toHaveProperty('x-powered-by');
  expect(Object.fromEntries(headers).server ?? 'nginx', what).toBe('nginx');
}

async function askOne(url: string, bytes: string, patience?: number): Promise<RawAnswer> {
  const { answers, rest } = await sendRaw(url, bytes, patience === undefined ? {} : { patience });
  const last = answers.at(-1);
  if (last === undefined) throw new Error(`No answer at ${url} to ${bytes.slice(0, 80)}: ${rest}`);
  return last;
}

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ replicas: 1, environment: { PERCORE_MAX_SUMS: '1' } });
});
afterAll(() => stack?.[Symbol.asyncDispose]());

promise(
  SECTION,
  'Every answer, on every port, carries the security headers that fit it, each once, and no version of a server',
  async ({ measured }) => {
    const statuses = new Set<number>();
    let answers = 0;
    const check = (port: Mode, answer: RawAnswer, status: number, bytes: string): void => {
      const what = `${port}, ${bytes.slice(0, 60)}`;
      expect(answer.status, what).toBe(status);
      judge(answer, FOR_ALL, what);
      statuses.add(status);
      answers += 1;
    };

    for (const port of NGINX_MODES) {
      const questions = [
        ...EVERYWHERE,
        ...(port === 'per_connection' ? [] : BY_NGINX),
        ...(port === 'main' ? BY_MAIN : []),
      ];
      for (const [status, bytes] of questions) {
        check(port, await askOne(stack.urlOf(port), bytes), status, bytes);
      }
      // Too many sums at once for the replica.
      const sum = ask('GET /api/2000000000 HTTP/1.1');
      const sums = await Promise.all(Array.from({ length: 3 }, () => askOne(stack.urlOf(port), sum)));
      expect(sums.map(({ status }) => status).toSorted(), port).toEqual([200, 503, 503]);
      for (const answer of sums) check(port, answer, answer.status, sum);
    }

    await stack.compose('stop', 'app');
    for (const port of HTTP_MODES) {
      for (const bytes of [ask('GET /pid HTTP/1.1'), ask('GET /api/5 HTTP/1.1')]) {
        check(port, await askOne(stack.urlOf(port), bytes, WAIT_FOR_REPLICAS), 503, bytes);
      }
    }
    measured(
      `${answers} answers of status ${[...statuses].toSorted().join(', ')} on ${NGINX_MODES.length} ports`,
    );
  },
);

promise(SECTION, 'The lab page may do what it needs and no more', async ({ measured }) => {
  for (const path of ['/lab/', '/lab/index.html', '/lab/start-lab.js', '/lab/style/theme.css']) {
    const answer = await askOne(stack.urlOf('main'), ask(`GET ${path} HTTP/1.1`));
    expect(answer.status, path).toBe(200);
    const policy = headersOf(answer).find(([name]) => name === 'content-security-policy')?.[1] ?? '';
    judge(
      answer,
      {
        ...FOR_ALL,
        'content-security-policy': policy,
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
      },
      path,
    );
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; /);
    expect(policy).toMatch(/frame-ancestors 'none'$/);
    expect(policy).not.toMatch(/unsafe|\*(?!;)(?! )/);
    expect(headersOf(answer).find(([name]) => name === 'permissions-policy')?.[1]).toMatch(/camera=\(\)/);
  }
  measured('scripts, styles and pictures of its own; requests to the ports of its host; no frame, no device');
});
