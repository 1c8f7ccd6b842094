import { expect, test } from 'vitest';
import { parseWrk } from './parse-wrk.ts';

test("what wrk's script prints is read", () => {
  const line = 'BENCH{"requests":5000,"seconds":2.5,"p50":1.5,"p99":9,"most":12,"failed":3}';
  expect(parseWrk(`Running 2s test\n${line}\n`)).toEqual({
    requests: 5000,
    perSecond: 2000,
    p50: 1.5,
    p99: 9,
    most: 12,
    failed: 3,
  });
  expect(() => parseWrk('unable to connect')).toThrow('unable to connect');
});
