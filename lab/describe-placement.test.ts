import { describe, expect, test } from 'vitest';
import type { PlacedReplica, PlacementFile } from '../placement/placement-file.ts';
import { arrangeTiles, describePlacement } from './describe-placement.js';

const replica = (
  number: number,
  core: number | null,
  state: PlacedReplica['state'] = 'serving',
): PlacedReplica => ({
  replica: number,
  container: String(number).padStart(64, '0'),
  core,
  pid: 4700 + number,
  startTicks: 1,
  startedAt: null,
  socket: '',
  state,
  listed: true,
  problem: null,
});

const placement = (cores: number, replicas: PlacedReplica[], oversubscribed = false): PlacementFile => ({
  version: 1,
  project: 'percore',
  service: 'app',
  writtenAt: '',
  cores: Array.from({ length: cores }, (_, core) => ({ core, siblings: [core % 2, (core % 2) + 2] })),
  oversubscribed,
  problems: [],
  replicas,
});

describe('arrangeTiles', () => {
  test('puts each replica on its core, and keeps empty cores', () => {
    const { tiles, homeless } = arrangeTiles(
      placement(3, [replica(1, 2), replica(2, 0), replica(3, null), replica(4, 0)]),
    );
    expect(
      tiles.map((tile) => [tile.core, tile.siblings, tile.replicas.map((each) => each.replica)]),
    ).toEqual([
      [0, [2], [2, 4]],
      [1, [3], []],
      [2, [0], [1]],
    ]);
    expect(homeless.map((each) => each.replica)).toEqual([3]);
  });

  test('shows a replica on a core that percore may use no longer', () => {
    expect(arrangeTiles(placement(1, [replica(1, 7)])).tiles.map(({ core }) => core)).toEqual([0, 7]);
  });
});

describe('describePlacement', () => {
  test.each([
    [placement(2, []), 'No replica is there.'],
    [placement(1, [replica(1, 0)]), '1 replica serves, alone on a core.'],
    [placement(2, [replica(1, 0), replica(2, 1)]), '2 replicas serve, each alone on a core.'],
    [
      placement(4, [replica(1, 0), replica(2, 1)]),
      '2 replicas serve, each alone on a core; 2 cores are free.',
    ],
    [placement(2, [replica(1, 0), replica(2, 1, 'down')]), '1 of 2 replicas serve, each alone on a core.'],
    [placement(2, [replica(1, 0), replica(2, null, 'refused')]), '1 of 2 replicas serve.'],
    [
      placement(2, [replica(1, 0), replica(2, 1), replica(3, 0)], true),
      '3 replicas serve. 3 share 2 cores: more replicas than cores.',
    ],
  ])('%#', (given, sentence) => expect(describePlacement(given)).toBe(sentence));
});
