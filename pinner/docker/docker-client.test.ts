import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectDocker } from './docker-client.ts';

const ID = 'ab'.repeat(32);
const INSPECTED = {
  Id: ID,
  State: { Status: 'running', Running: true, Restarting: false, Pid: 7, StartedAt: '2026-01-02T03:04:05.6Z' },
  HostConfig: { CpusetCpus: '1' },
};

let folder: string;
let socketPath: string;
let server: Server;
let stop: AbortController;
let apiVersion: string;
let answer: RequestListener;
let asked: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-'));
  socketPath = join(folder, 'docker.sock');
  stop = new AbortController();
  apiVersion = '1.52';
  answer = (_, reply) => reply.end('[]');
  asked = [];
  server = createServer((request, reply) => {
    asked.push(`${request.method} ${decodeURIComponent(request.url ?? '')}`);
    if (request.url === '/_ping') reply.setHeader('Api-Version', apiVersion).end('OK');
    else answer(request, reply);
  });
  await new Promise<void>((listening) => server.listen(socketPath, listening));
});

afterEach(async () => {
  stop.abort();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await rm(folder, { recursive: true });
});

const connect = (readMs?: number) => connectDocker(socketPath, stop.signal, readMs);
const json = (data: unknown) => () => {
  answer = (_, reply) => reply.end(JSON.stringify(data));
};

describe('connectDocker', () => {
  it.each([
    ['1.43', 'v1.43'],
    ['1.44', 'v1.44'],
    ['1.52', 'v1.44'],
  ])('speaks to an engine of API %s in %s, and asks once', async (version, spoken) => {
    apiVersion = version;
    const docker = connect();
    await docker.list({ a: 'b', c: 'd' });
    await docker.list({ a: 'b' });
    expect(asked).toEqual([
      'GET /_ping',
      `GET /${spoken}/containers/json?all=1&filters={"label":["a=b","c=d"]}`,
      `GET /${spoken}/containers/json?all=1&filters={"label":["a=b"]}`,
    ]);
  });

  it('asks an engine anew after a failure: it may be another one', async () => {
    const docker = connect();
    answer = (_, reply) => reply.writeHead(502).end('<h1>Bad Gateway</h1>');
    await expect(docker.list({})).rejects.toThrow('Docker answered 502 to GET /v1.44/containers/json: <h1>');
    answer = (_, reply) => reply.end('[]');
    apiVersion = '1.43';
    await docker.list({});
    expect(asked.at(-1)).toMatch(/^GET \/v1\.43\//);
  });

  it('says what answers when it is not Docker', async () => {
    apiVersion = 'x';
    await expect(connect().list({})).rejects.toThrow('is not a Docker engine');
  });

  it('says so when nobody answers', async () => {
    const nowhere = join(folder, 'none.sock');
    await expect(connectDocker(nowhere, stop.signal).list({})).rejects.toThrow(
      `Docker does not answer at ${nowhere}: connect ENOENT`,
    );
  });

  it('reads a container', async () => {
    json(INSPECTED)();
    expect(await connect().inspect(ID)).toEqual({
      id: ID,
      status: 'running',
      running: true,
      pid: 7,
      startedAt: '2026-01-02T03:04:05.6Z',
      cpuset: '1',
    });
  });

  it('does not take one that waits for its restart for a running one', async () => {
    json({ ...INSPECTED, State: { ...INSPECTED.State, Restarting: true, Pid: 0 } })();
    expect(await connect().inspect(ID)).toMatchObject({ running: false });
  });

  it('knows a container that never started, one that is gone, and one whose removal failed', async () => {
    json({ ...INSPECTED, State: { ...INSPECTED.State, StartedAt: '0001-01-01T00:00:00Z', Dead: true } })();
    expect(await connect().inspect(ID)).toMatchObject({ startedAt: null, status: 'dead' });
    answer = (_, reply) => reply.writeHead(404).end('{"message":"No such container"}');
    expect(await connect().inspect(ID)).toBeNull();
  });

  it('updates a list, and hands back the warnings', async () => {
    let body = '';
    answer = async (request, reply) => {
      for await (const chunk of request) body += chunk;
      reply.end('{"Warnings":["discarded"]}');
    };
    expect(await connect().updateCpuset(ID, '3')).toEqual(['discarded']);
    expect(body).toBe('{"CpusetCpus":"3"}');
    json({ Warnings: null })();
    expect(await connect().updateCpuset(ID, '3')).toEqual([]);
  });

  it("hands on Docker's own message", async () => {
    answer = (_, reply) => reply.writeHead(400).end('{"message":"Requested CPUs are not available"}');
    await expect(connect().updateCpuset(ID, '9')).rejects.toThrow(
      /^Docker answered 400 .*Requested CPUs are not/,
    );
  });

  it.each([['{'], ['{"a":1}'], ['[{"Id":"../../x"}]'], ['']])(
    'refuses the malformed list %j',
    async (text) => {
      answer = (_, reply) => reply.end(text);
      await expect(connect().list({})).rejects.toThrow(/^Docker's answer to the list of containers is not/);
    },
  );

  it('reads an answer that comes in any pieces', async () => {
    const labels = { name: 'Köln 東京 🚀', 'a"b\\c': '\n' };
    const whole = Buffer.from(JSON.stringify([{ Id: ID, State: 'running', Labels: labels }]));
    const docker = connect();
    const borders = fc.uniqueArray(fc.integer({ min: 1, max: whole.length - 1 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(borders, async (unsorted) => {
        const at = [0, ...unsorted.toSorted((one, other) => one - other), whole.length];
        const pieces = at.slice(1).map((end, index) => whole.subarray(at[index], end));
        answer = async (_, reply) => {
          for (const piece of pieces) await new Promise((sent) => reply.write(piece, sent));
          reply.end();
        };
        expect(await docker.list({})).toEqual([{ id: ID, status: 'running', labels }]);
      }),
      { numRuns: 40 },
    );
  });

  it('does not wait for ever: no headers, no end of the body', async () => {
    answer = () => {};
    await expect(connect(100).list({})).rejects.toThrow('within 100 ms');
    await expect(connect(100).events({}, [])).rejects.toThrow('within 100 ms');
    answer = (_, reply) => reply.write('[');
    await expect(connect(100).list({})).rejects.toThrow('within 100 ms');
  });

  it('says so when an answer breaks off', async () => {
    answer = (_, reply) => {
      reply.writeHead(200, { 'content-length': 100 }).write('[', () => reply.destroy());
    };
    await expect(connect().list({})).rejects.toThrow(/^Docker does not answer/);
  });

  it('opens a stream that may be silent longer than any deadline', async () => {
    answer = (_, reply) => {
      reply.flushHeaders();
      setTimeout(() => reply.end('{}\n'), 150);
    };
    const stream = await connect(50).events({ a: 'b' }, ['start']);
    let text = '';
    for await (const chunk of stream) text += chunk;
    expect(text).toBe('{}\n');
    expect(asked.at(-1)).toBe(
      'GET /v1.44/events?filters={"type":["container"],"label":["a=b"],"event":["start"]}',
    );
  });

  it('ends what is under way on the signal', async () => {
    answer = () => stop.abort();
    await expect(connect().list({})).rejects.toThrow(/abort/i);
  });
});
