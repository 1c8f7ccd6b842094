import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ROOT } from '../config.ts';
import { activateMode, activeModes, MODES, StickyConfError } from './sticky-conf.ts';

const shipped = readFileSync(path.join(ROOT, 'nginx/sticky.conf'), 'utf8');

const linesThatDiffer = (one: string, other: string) => {
  const lines = other.split('\n');
  return one.split('\n').filter((line, index) => line !== lines[index]).length;
};

test('the file ships with every mode and none active', () => {
  expect(activeModes(shipped)).toEqual([]);
  for (const mode of MODES) expect(activeModes(activateMode(shipped, mode))).toEqual([mode]);
});

test.each(MODES)('%s touches one line, and off brings every byte back', (mode) => {
  const on = activateMode(shipped, mode);
  expect(linesThatDiffer(shipped, on)).toBe(1);
  expect(activateMode(on, 'off')).toBe(shipped);
  expect(activateMode(on, mode)).toBe(on);
});

test('one mode takes the place of another', () => {
  const text = activateMode(activateMode(shipped, 'ip_hash'), 'least_conn');
  expect(activeModes(text)).toEqual(['least_conn']);
  expect(linesThatDiffer(shipped, text)).toBe(1);
});

test('prose that mentions a directive is left alone', () => {
  const prose = '# ip_hash; keeps one client on one replica\n# use ip_hash;\n#ip_hash;\n';
  expect(activateMode(prose, 'ip_hash')).toBe(prose.replace('\n#ip_hash;', '\nip_hash;'));
});

test('several active lines of a mode become one', () => {
  expect(activateMode('ip_hash;\nip_hash;\n', 'ip_hash')).toBe('ip_hash;\n#ip_hash;\n');
});

test('a file without the line says how to get it back', () => {
  expect(() => activateMode('# nothing\n', 'cookie')).toThrow(StickyConfError);
  expect(() => activateMode('# nothing\n', 'cookie')).toThrow(/cookie.*git checkout/);
  expect(activateMode('# nothing\n', 'off')).toBe('# nothing\n');
});

test('of any text, only the marks of comments change, and never another line', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '#ip_hash;',
      '  # least_conn;',
      'sticky cookie a;',
      'ip_hash;ip_hash;',
      '}',
      'sticky cookie;',
      '\0',
    ),
  );
  const text = fc.array(line).map((lines) => lines.join('\n'));
  const bare = (file: string) => file.split('\n').map((each) => each.replace(/^([ \t]*)#[ \t]*/, '$1'));
  fc.assert(
    fc.property(text, fc.constantFrom(...MODES, 'off' as const), (file, mode) => {
      let changed: string;
      try {
        changed = activateMode(file, mode);
      } catch (error) {
        expect(error).toBeInstanceOf(StickyConfError);
        expect((error as Error).message).not.toContain('\n');
        return;
      }
      expect(activeModes(changed)).toEqual(mode === 'off' ? [] : [mode]);
      expect(bare(changed)).toEqual(bare(file));
    }),
  );
});

test('toggling is reversible in any file of commented directives', () => {
  const line = fc.constantFrom(
    'ip_hash;',
    'least_conn;',
    'sticky cookie percore path=/ httponly;',
    'sticky  cookie x expires=1h; # an hour',
  );
  const indent = fc.constantFrom('', '  ', '\t');
  const mark = fc.constantFrom('#', '# ');
  const prose = fc.constantFrom('', '# Why it is so.', 'zone replicas 64k;', '\r', '#');
  const text = mark.chain((one) =>
    fc
      .array(
        fc.oneof(
          prose,
          fc.tuple(indent, line).map(([space, text]) => `${space}${one}${text}`),
        ),
      )
      .map((lines) => lines.join('\n')),
  );
  fc.assert(
    fc.property(text, fc.constantFrom(...MODES), (file, mode) => {
      let on: string;
      try {
        on = activateMode(file, mode);
      } catch (error) {
        expect(error).toBeInstanceOf(StickyConfError);
        return;
      }
      expect(activeModes(on)).toEqual([mode]);
      expect(linesThatDiffer(file, on)).toBe(1);
      // With no commented directive left to go by, the mark is a bare #.
      expect(activateMode(on, 'off').replaceAll('# ', '#')).toBe(file.replaceAll('# ', '#'));
    }),
  );
});
