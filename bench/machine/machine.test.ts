import { describe, expect, test } from 'vitest';
import { busySeconds } from './cpu-times.ts';
import { splitCpus } from './split-cpus.ts';

describe('CPUs are divided', () => {
  test.each([
    [[0, 1], { load: '0', contender: '1', all: '0,1', isSeparate: true }],
    [[0, 1, 2, 3], { load: '0', contender: '1,2,3' }],
    [[2, 4, 6, 8, 10, 12, 14, 16], { load: '2,4', contender: '6,8,10,12,14,16', contenderCount: 6 }],
  ])('%j', (cpus, expected) => expect(splitCpus(cpus)).toMatchObject(expected));

  test('and one alone is shared', () =>
    expect(splitCpus([3])).toMatchObject({ load: '3', contender: '3', isSeparate: false }));
});

test('a CPU is busy when it neither idles nor waits for a disk', () => {
  const text = 'cpu  9 9 9 9 9 9 9 9 9 9\ncpu0 100 0 50 7000 300 10 20 20 5 0\ncpu1 1 1 1 1 1 1 1 1 0 0\n';
  expect(busySeconds(text, '0')).toBe(2);
  expect(busySeconds(text, '0-1')).toBeCloseTo(2.06);
  expect(() => busySeconds(text, '7')).toThrow('no line for CPU 7');
});
