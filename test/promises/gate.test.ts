import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { type DockerRecorder, recordDocker } from '../stack/record-docker.ts';
import { type Gate, startGate } from '../stack/start-gate.ts';
import { call, forbiddenCalls, update } from './gate-calls.ts';
import { promise } from './promise.ts';

const SECTION = '5 Least privilege';
/** What Nginx answers to bytes it cannot make a request of; Docker's own words are 400, 413 and the like, too. */
const UNREADABLE = [400, 405, 413, 414, 431, 505];

let docker: DockerRecorder;
let gate: Gate;
beforeAll(async () => {
  docker = await recordDocker();
  gate = await startGate(docker.socket);
});
afterAll(async () => {
  await gate?.[Symbol.asyncDispose]();
  await docker?.[Symbol.asyncDispose]();
});

function read(answer: string): { status: number; type: string; body: string } {
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? Number.NaN);
  const type = /^content-type: (.*)$/im.exec(head)?.[1]?.trim() ?? '';
  return { status, type, body: rest.join('\r\n\r\n') };
}

promise(SECTION, 'The gate passes on the calls that the pinner makes', async ({ measured }) => {
  const id = gate.container;
  const filters = encodeURIComponent(JSON.stringify({ label: ['com.docker.compose.project=percore'] }));
  const reads = [
    '/_ping',
    `/v1.44/containers/json?all=1&filters=${filters}`,
    '/v1.44/containers/json',
    `/v1.44/events?since=1&until=1&filters=${filters}`,
    `/v1.44/containers/${id}/json`,
    `/v1.24/containers/${id}/json`,
  ];
  for (const path of reads) {
    const { status } = read(await gate.say(call(`GET ${path} HTTP/1.1`, ['X-Registry-Auth: secret'])));
    expect(status, path).toBe(200);
    expect(docker.take()).toEqual([`GET ${path} HTTP/1.1\r\nHost: docker\r\n\r\n`]);
  }
  measured(`${reads.length + 1} kinds passed, each without a header of the caller's own`);
});

promise(SECTION, 'Of an update, only CpusetCpus reaches Docker', async ({ measured }) => {
  const id = gate.container;
  const chunked = `POST /v1.44/containers/${id}/update HTTP/1.1`;
  const requests = [
    update(id, '{"CpusetCpus":"0"}', ['X-Registry-Auth: secret', 'Content-Type: text/plain']),
    update(id, ' {\n "CpusetCpus" : "0"\t} \r\n'),
    `${call(chunked, ['Transfer-Encoding: chunked'])}12\r\n{"CpusetCpus":"0"}\r\n0\r\n\r\n`,
  ];
  for (const request of requests) {
    expect(read(await gate.say(request)).status).toBe(200);
    expect(docker.take()).toEqual([
      `POST /v1.44/containers/${id}/update HTTP/1.1\r\nHost: docker\r\n` +
        'Content-Type: application/json\r\nContent-Length: 18\r\n\r\n{"CpusetCpus":"0"}',
    ]);
  }
  measured('the body is written anew: {"CpusetCpus":"0"}');
});

promise(
  SECTION,
  "Every other call is refused in Docker's own form, and Docker never hears of it",
  async ({ measured }) => {
    const calls = forbiddenCalls(gate.container);
    const statuses: Record<number, number> = {};
    for (const [name, bytes] of calls) {
      const answer = await gate.say(bytes);
      expect(docker.take(), name).toEqual([]);
      if (!name.startsWith('HTTP/0.9')) {
        const { status, type } = read(answer);
        expect([403, ...UNREADABLE], `${name}: ${answer}`).toContain(status);
        expect(type, name).toBe('application/json');
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
      expect(answer, name).not.toMatch(/nginx\/|<html/i);
      if (name.startsWith('HEAD')) continue;
      const body = name.startsWith('HTTP/0.9') ? answer : read(answer).body;
      expect(JSON.parse(body), name).toEqual({ message: expect.stringMatching(/^[^<]{20,}$/) });
    }
    const counts = Object.entries(statuses).map(([status, count]) => `${status}: ${count}`);
    measured(`0 of ${calls.length} calls reached Docker (${counts.join(', ')})`);
  },
);

promise(SECTION, 'A second request on the same connection is judged like the first', async ({ measured }) => {
  const first = 'GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n';
  const hidden = `POST /v1.44/containers/create HTTP/1.1\r\nHost: docker\r\n\r\n`;
  const answer = await gate.say(first + hidden + call('GET /_ping HTTP/1.1'));
  expect([...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status)).toEqual([
    '200',
    '403',
    '200',
  ]);
  // In the body of a call that has none, and in that of an update.
  await gate.say(call('GET /_ping HTTP/1.1', [], hidden));
  await gate.say(update(gate.container, hidden));
  const lines = docker.take().flatMap((said) => said.split('\r\n').filter((line) => / HTTP\//.test(line)));
  expect(lines).toEqual(Array(3).fill('GET /_ping HTTP/1.1'));
  measured('3 requests in a row and 2 hidden in bodies: none of the hidden ones passed');
});

promise(
  SECTION,
  'Whatever is put together from pieces of calls, only those calls reach Docker',
  async ({ full, measured }) => {
    const pieces = [
      ...['v1.44', 'containers', 'json', 'update', 'events', '_ping', 'images', 'create', 'exec', 'archive'],
      ...['..', '.', '%2e%2e', '%2f', '', '?', '#', ';', '?path=/', '\\', gate.container],
    ];
    const line = fc
      .tuple(
        fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'DELETE'),
        fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(' HTTP/1.1', '  HTTP/1.1', ' HTTP/1.0'),
      )
      .map(([method, parts, version]) => `${method} /${parts.join('/')}${version}`);
    const passes =
      /^(GET \/_ping|GET \/v1\.44\/(containers\/json|events|containers\/[0-9a-f]{64}\/json)(\?\S*)?) HTTP\/1\.1\r\n/;
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(line, async (text) => {
        // An endless answer to GET events would hold the connection open.
        fc.pre(!text.startsWith('GET /v1.44/events'));
        tried += 1;
        await gate.say(call(text, [], '{"Memory":0}'));
        for (const said of docker.take()) expect(said).toMatch(passes);
      }),
      { numRuns: full ? 5000 : 400 },
    );
    measured(`${tried.toLocaleString('en')} random calls`);
  },
);
