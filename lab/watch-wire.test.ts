import { describe, expect, test } from 'vitest';
import { readWire } from './watch-wire.js';

/** An entry for a request on an open connection, or on one that had to be opened first. */
const entry = (requestStart: number, responseStart: number, opened = false) => ({
  fetchStart: requestStart - 1,
  connectStart: opened ? requestStart - 0.5 : requestStart - 1,
  connectEnd: opened ? requestStart - 0.1 : requestStart - 1,
  requestStart,
  responseStart,
});

describe('readWire', () => {
  test('counts the most requests under way at once, and the connections opened', () => {
    expect(readWire([entry(1, 5, true), entry(2, 4, true), entry(4.5, 9), entry(10, 11)])).toEqual({
      mostAtOnce: 2,
      opened: 2,
      requests: 4,
    });
  });

  test('does not call it overlapping when one begins as another ends', () => {
    expect(readWire([entry(1, 2), entry(2, 3), entry(3, 4)])?.mostAtOnce).toBe(1);
  });

  test('knows nothing where it is told nothing', () => {
    expect(readWire([])).toBeNull();
    expect(
      readWire([{ fetchStart: 1, connectStart: 0, connectEnd: 0, requestStart: 0, responseStart: 0 }]),
    ).toBeNull();
  });
});
