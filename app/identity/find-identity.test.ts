import { describe, expect, test } from 'vitest';
import { CONTAINER, HOSTNAME, placementWith } from '../testing/placement.ts';
import { findIdentity } from './find-identity.ts';

const life = { startTicks: 1000, cpusAllowed: '1' };
const identity = { replica: 2, core: 1, pid: 4712, container: CONTAINER };
const find = (entry: Parameters<typeof placementWith>[0], own = life) =>
  findIdentity(placementWith(entry), HOSTNAME, own);

describe('findIdentity', () => {
  test.each(['placed', 'serving'] as const)('is found when %s', (state) => {
    expect(find({ state })).toEqual({ identity });
  });

  test('is found without a core when unpinned replicas are allowed, whatever the kernel allows', () => {
    const found = find({ state: 'unpinned', core: null }, { ...life, cpusAllowed: '0-7' });
    expect(found).toEqual({ identity: { ...identity, core: null } });
  });

  test.each([
    ['an earlier life', { startTicks: 999 }, /another life \(started at tick 999\)/],
    ['a life that has ended', { startTicks: null, pid: null, state: 'down' as const }, /another life/],
    ['a replica not placed yet', { state: 'waiting' as const, core: null }, /replica 2 is waiting/],
    ['a refused pin', { state: 'refused' as const, problem: 'no cpuset here' }, /is refused: no cpuset here/],
    ['another core than the kernel says', { core: 3 }, /on core 3, and the kernel allows CPUs 1/],
  ])('is missing for %s', (_what, entry, missing) => {
    expect(find(entry)).toEqual({ missing: expect.stringMatching(missing) });
  });

  test('is missing while the kernel allows more than the one core', () => {
    expect(find({}, { ...life, cpusAllowed: '0-1' })).toHaveProperty('missing');
    expect(find({}, { ...life, cpusAllowed: '11' })).toHaveProperty('missing');
  });

  test.each(['', '0', '0123456789a', 'f00000000000'])('is missing for host %j', (hostname) => {
    expect(findIdentity(placementWith(), hostname, life)).toEqual({
      missing: expect.stringContaining('no replica'),
    });
  });
});
