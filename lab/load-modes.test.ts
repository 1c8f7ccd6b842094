import { describe, expect, test } from 'vitest';
import { originOf, readModes } from './load-modes.js';

describe('the list of modes', () => {
  test('is read with what it says of each', () => {
    const modes = [
      { id: 'main', port: 8080, sticky: 'ip_hash' },
      { id: 'cluster', port: 8090, optional: true },
    ];
    expect(readModes({ modes })).toEqual(modes);
  });

  test.each([
    [null, 'holds no modes'],
    [{ modes: [] }, 'holds no modes'],
    [{ modes: [{ id: 'A&B', port: 1 }] }, 'the id "A&B"'],
    [{ modes: [{ id: 'main', port: '8080' }] }, 'main has the port "8080"'],
  ])('is refused when it is %j', (data, why) => expect(() => readModes(data)).toThrow(why));

  test('gives each mode an address on the host that served the page', () => {
    const here = { hostname: '192.0.2.7', origin: 'http://192.0.2.7:49153' };
    expect(originOf({ id: 'main', port: 8080 }, here)).toBe('http://192.0.2.7:49153');
    expect(originOf({ id: 'cookie', port: 8084 }, here)).toBe('http://192.0.2.7:8084');
  });
});
