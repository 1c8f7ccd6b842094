import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, formatHash, parseHash } from './settings-hash.js';

describe('the settings in the address', () => {
  test('read as they were written', () => {
    const settings = fc.record({
      mode: fc.constantFrom('all', 'main', 'ip_hash', 'per_connection'),
      requests: fc.integer({ min: 1, max: 1000 }),
      atATime: fc.integer({ min: 1, max: 50 }),
      route: fc.constant('/api' as const),
      n: fc.bigInt({ min: 0n, max: 10n ** 19n }).map(String),
      urls: fc.constantFrom('distinct' as const, 'same' as const),
    });
    fc.assert(
      fc.property(settings, (given) => {
        expect(parseHash(formatHash(given))).toEqual(given);
      }),
    );
    expect(formatHash(DEFAULT_SETTINGS)).toBe('#mode=all&requests=60&at-a-time=1&path=/pid&urls=distinct');
  });

  test.each(['', '#', '#mode=<b>&requests=-3&at-a-time=1e9&path=//evil.example/&urls=', '#requests=0'])(
    'fall back to the defaults for what makes no sense: %s',
    (hash) => expect(parseHash(hash)).toEqual(DEFAULT_SETTINGS),
  );

  test('are held to the most that a run does', () => {
    expect(parseHash('#requests=5000&at-a-time=999')).toMatchObject({ requests: 1000, atATime: 50 });
  });
});
