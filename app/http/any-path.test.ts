import http from 'node:http';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { ask } from '../testing/request.ts';
import { startServer } from '../testing/start-server.ts';

async function startToAsk() {
  const { socket } = await startServer();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return (path: string) => ask(socket, path, { agent });
}

test('any text for n is a number, or a 400 that repeats at most its beginning', async () => {
  const get = await startToAsk();
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.nat(100_000).map(String),
    fc.constantFrom('.', '..'),
  );
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const { status, headers, body } = await get(`/api/${encodeURIComponent(text)}`);
      expect(status).toBe(/^[0-9]+$/.test(text) ? 200 : 400);
      if (status === 400) expect(JSON.parse(body)).toMatchObject({ status: 400, value: expect.any(String) });
      expect(headers['x-replica']).toBe('2');
      expect(body.length).toBeLessThan(1000);
    }),
  );
});

test('any path is an answer: 200, 400 or 404, and never 500', async () => {
  const get = await startToAsk();
  const pieces = fc.constantFrom(
    ...[
      '/',
      '//',
      'pid',
      'api',
      'api/',
      '5',
      '.',
      '..',
      '%',
      '%2',
      '%2f',
      '%2F',
      '%00',
      '%ff',
      '%c3%a9',
      '%e2%82',
      '?',
      '#',
    ],
    ...[
      ';',
      ':',
      '*',
      '(',
      ')',
      '[',
      '{',
      '}',
      '\\',
      '+',
      '!',
      '$',
      "'",
      '"',
      '<',
      '__proto__',
      'constructor',
      '&',
      '=',
      '~',
    ],
  );
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 30 }), async (path) => {
      const { status, headers, body } = await get(`/${path.join('')}`);
      expect([200, 400, 404]).toContain(status);
      if (status !== 200) expect(headers['content-type']).toBe('application/problem+json');
      expect(body).not.toMatch(/\n\s+at |node:|\.[mc]?[jt]s\b/);
    }),
    { numRuns: 300 },
  );
});
