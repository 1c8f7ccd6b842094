import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('readConfig', () => {
  test('has a default for everything, also for values left empty', () => {
    const defaults = { maxSums: 16, drainSeconds: 25 };
    expect(readConfig({})).toEqual(defaults);
    expect(readConfig({ PERCORE_MAX_SUMS: '', PERCORE_DRAIN_SECONDS: ' ' })).toEqual(defaults);
  });

  test('takes whole numbers in their ranges', () => {
    expect(readConfig({ PERCORE_MAX_SUMS: '1', PERCORE_DRAIN_SECONDS: '0' })).toEqual({
      maxSums: 1,
      drainSeconds: 0,
    });
    expect(readConfig({ PERCORE_MAX_SUMS: '1000' }).maxSums).toBe(1000);
  });

  test.each(['0', '1001', '-1', '1.5', '1e2', 'many', '٣'])('refuses PERCORE_MAX_SUMS=%s', (value) => {
    const read = () => readConfig({ PERCORE_MAX_SUMS: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(`PERCORE_MAX_SUMS must be a whole number from 1 to 1000, but is "${value}": set it`);
  });
});
