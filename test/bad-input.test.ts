import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { get } from './http/get.ts';
import { type Stack, startStack } from './stack/start-stack.ts';

describe('bad input', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ replicas: 1 });
  });
  afterAll(() => stack?.[Symbol.asyncDispose]());

  test.each([
    ['letters', 'abc', 'abc'],
    ['a sign', '-1', '-1'],
    ['a plus', '+5', '+5'],
    ['a fraction', '1.5', '1.5'],
    ['an exponent', '1e9', '1e9'],
    ['hexadecimal', '0x10', '0x10'],
    ['Arabic digits', encodeURIComponent('٣'), '٣'],
    ['an encoded slash', '5%2f6', '5/6'],
    ['a space', '5%206', '5 6'],
    ['nothing', '', ''],
    ['400 letters', 'a'.repeat(400), 'a'.repeat(40)],
  ])('refuses %s as n, naming the rule and the value', async (_, path, value) => {
    const { status, headers, body } = await get(`${stack.url}/api/${path}`);
    expect(status).toBe(400);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    const problem = JSON.parse(body) as Record<string, string>;
    expect(problem).toMatchObject({ status: 400, title: expect.any(String), type: expect.any(String) });
    expect(problem.rule).toMatch(/decimal digits/);
    expect(problem.value?.startsWith(value)).toBe(true);
    expect(body.length).toBeLessThan(1000);
    expect(body).not.toMatch(/ at .*\.[mc]?[jt]s/);
  });

  test.each([
    ['POST', '/api/5', 405],
    ['DELETE', '/', 405],
    ['PUT', '/pid', 405],
    ['GET', '/nothing', 404],
    ['GET', '/api/5/6', 404],
    ['GET', '/api/%', 400],
    ['GET', '/%zz', 400],
  ])('answers %s %s with %d', async (method, path, status) => {
    const answer = await get(stack.url + path, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    if (status === 405) expect(answer.headers.allow).toBe('GET, HEAD');
  });

  test('never runs a loop for HEAD', async () => {
    const started = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => get(`${stack.url}/api/5000000000`, { method: 'HEAD' })),
    );
    expect(answers.every(({ status, body }) => status === 200 && body === '')).toBe(true);
    // Fifty of the longest sums take a core for 20 seconds and more.
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('turns sums away beyond the cap, and says when to come back', async () => {
    const answers = await Promise.all(Array.from({ length: 24 }, () => get(`${stack.url}/api/5000000000`)));
    const refused = answers.filter(({ status }) => status === 503);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(16);
    expect(refused).toHaveLength(8);
    expect(refused[0]?.headers['retry-after']).toMatch(/^\d+$/);
    expect(refused[0]?.headers['x-replica']).toBe('1');
  });
});
