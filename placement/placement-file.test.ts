import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type PlacementFile,
  PlacementFileError,
  parsePlacementFile,
  replicaState,
} from './placement-file.ts';

const whole = (min: number) => fc.integer({ min, max: Number.MAX_SAFE_INTEGER });
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const text = fc.string({ unit: 'binary' });

const replica = fc.record({
  replica: whole(1),
  container: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 }),
  core: orNull(whole(0)),
  pid: orNull(whole(1)),
  startTicks: orNull(whole(0)),
  startedAt: orNull(text),
  socket: text,
  state: fc.constantFrom(...replicaState.options),
  listed: fc.boolean(),
  problem: orNull(text),
});

const file: fc.Arbitrary<PlacementFile> = fc.record({
  version: fc.constant(1 as const),
  project: text,
  service: text,
  writtenAt: text,
  cores: fc.array(fc.record({ core: whole(0), siblings: fc.array(whole(0)) })),
  oversubscribed: fc.boolean(),
  problems: fc.array(text),
  replicas: fc.uniqueArray(replica, { selector: ({ container }) => container }),
});

/** What stands for a value in a file that somebody has edited, or another program has written. */
const wrong = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(-1, 1.5, 2 ** 53, 1e308, '1', 'a\nb', 'x'.repeat(5000), null, true, [], {}, [[]]),
);

function faultOf(content: string): string | null {
  try {
    parsePlacementFile(content);
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(PlacementFileError);
    return (error as Error).message;
  }
}

/** One line that a log can take, and that says which file it is about. */
const CLEAR = /^The placement file [^\n\r]{1,900}$/;

describe('parsePlacementFile', () => {
  it('reads back whatever was written', () => {
    fc.assert(
      fc.property(file, (written) => {
        expect(parsePlacementFile(JSON.stringify(written))).toEqual(written);
      }),
    );
  });

  it('refuses any other JSON in one line', () => {
    fc.assert(
      fc.property(fc.json(), (content) => {
        expect(faultOf(content)).toMatch(CLEAR);
      }),
    );
  });

  it('refuses any other text in one line', () => {
    fc.assert(
      fc.property(text, (content) => {
        expect(faultOf(content)).toMatch(CLEAR);
      }),
    );
    fc.assert(
      fc.property(file, fc.nat(), (written, at) => {
        const content = JSON.stringify(written);
        expect(faultOf(content.slice(0, at % content.length))).toMatch(CLEAR);
      }),
    );
  });

  it('takes a file with a field that is wrong for what it says, or refuses it in one line', () => {
    const places = fc.constantFrom('file', 'replica', 'core');
    fc.assert(
      fc.property(file, places, fc.nat(), wrong, (written, place, which, value) => {
        const copy = structuredClone(written);
        const inside = { file: copy, replica: copy.replicas[0] ?? copy, core: copy.cores[0] ?? copy }[place];
        const names = Object.keys(inside);
        (inside as Record<string, unknown>)[names[which % names.length] as string] = value;
        const content = JSON.stringify(copy);
        const fault = faultOf(content);
        if (fault === null) expect(parsePlacementFile(content)).toEqual(JSON.parse(content));
        else expect(fault).toMatch(CLEAR);
      }),
    );
  });

  it.each(['__proto__', 'constructor', 'prototype'])('takes nothing from a field named %s', (name) => {
    fc.assert(
      fc.property(file, (written) => {
        const poison = `{"${name}":{"state":"serving","polluted":true},`;
        const read = parsePlacementFile(
          JSON.stringify(written).replaceAll('{', poison).replaceAll(',}', '}'),
        );
        expect(read).toEqual(written);
        expect(Object.keys(read)).not.toContain(name);
        expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
      }),
    );
  });

  it.each([
    [
      'another version',
      '{"version":2}',
      /has version 2, and only version 1 can be read: run the pinner and its/,
    ],
    ['no version', '{}', /has version none/],
    ['a version of great depth', `{"version":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, /of another form/],
    ['a number', '7', /has version none/],
    ['null', 'null', /has version none/],
    ['nothing', '', /is not JSON/],
    ['great depth', '['.repeat(100_000), /is not JSON/],
  ])('refuses %s', (_what, content, message) => {
    expect(faultOf(content)).toMatch(CLEAR);
    expect(faultOf(content)).toMatch(message);
  });

  it('refuses one container twice, and takes two of a number', () => {
    fc.assert(
      fc.property(file, replica, replica, (written, one, other) => {
        fc.pre(one.container !== other.container);
        const withBoth = (second: typeof one) => JSON.stringify({ ...written, replicas: [one, second] });
        expect(faultOf(withBoth({ ...other, container: one.container }))).toMatch(
          /replicas: one container stands/,
        );
        expect(faultOf(withBoth({ ...other, replica: one.replica }))).toBeNull();
      }),
    );
  });
});
