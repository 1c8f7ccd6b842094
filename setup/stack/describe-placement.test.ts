import { expect, test } from 'vitest';
import type { PlacedReplica, PlacementFile } from '../../placement/placement-file.ts';
import { describePlacement } from './describe-placement.ts';
import { judgePlacement } from './judge-placement.ts';

const replica = (number: number, change: Partial<PlacedReplica> = {}): PlacedReplica => ({
  replica: number,
  container: String(number).padStart(64, 'a'),
  core: number - 1,
  pid: 4710 + number,
  startTicks: 1,
  startedAt: null,
  socket: '',
  state: 'serving',
  listed: true,
  problem: null,
  ...change,
});

const placement = (...replicas: PlacedReplica[]): PlacementFile => ({
  version: 1,
  project: 'percore',
  service: 'app',
  writtenAt: '',
  cores: [],
  oversubscribed: false,
  problems: [],
  replicas,
});

test('the table is in order of replica, with numbers to the right', () => {
  expect(describePlacement(placement(replica(10), replica(2, { core: null, pid: null })))).toBe(
    [
      'REPLICA   CONTAINER      CORE    PID',
      'app-2     aaaaaaaaaaaa   none      -',
      'app-10    aaaaaaaaaaaa      9   4720',
    ].join('\n'),
  );
});

test('all is well when every replica serves and is listed', () => {
  expect(judgePlacement(placement(replica(1), replica(2)), 2)).toBeNull();
  expect(judgePlacement(placement(replica(1, { state: 'unpinned', core: null })), 1)).toBeNull();
});

test('what lacks is named', () => {
  expect(judgePlacement(placement(replica(1)), 2)).toMatch(/2 replicas \(now 1\)/);
  expect(judgePlacement(placement(replica(1, { listed: false })), 1)).toMatch(/app-1/);
  const refused = replica(1, { state: 'refused', problem: 'The cpuset was ignored.' });
  expect(judgePlacement(placement(refused), 1)).toMatch(/app-1 refused \(The cpuset was ignored\.\)/);
});
