import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readOwnBlock, withoutOwnBlock, writeOwnBlock } from './own-env-block.ts';

const ours = { PERCORE_NODE_IMAGE: 'percore-base/node:26', PERCORE_NGINX_IMAGE: 'percore-base/nginx:1.30' };

test("the user's lines stay, before and after", () => {
  const text = `${writeOwnBlock('PERCORE_PORT=9000', ours)}PERCORE_BIND=0.0.0.0\n`;
  expect(readOwnBlock(text)).toEqual(ours);
  expect(withoutOwnBlock(text)).toBe('PERCORE_PORT=9000\nPERCORE_BIND=0.0.0.0\n');
  expect(writeOwnBlock(text, {})).toBe('PERCORE_PORT=9000\nPERCORE_BIND=0.0.0.0\n');
});

test('a file that was only ours ends empty', () => {
  expect(writeOwnBlock(writeOwnBlock('', ours), {})).toBe('');
});

test("the user's own choice of an image is not ours", () => {
  expect(readOwnBlock('PERCORE_NODE_IMAGE=mine:1\n')).toEqual({});
});

test('a block that lost its end takes no line of the user with it', () => {
  const cut = writeOwnBlock('', ours).split('\n').slice(0, 2).join('\n');
  expect(withoutOwnBlock(`${cut}\nPERCORE_PORT=9000\n`)).toContain('PERCORE_PORT=9000\n');
});

test('writing twice is writing once, and what is written is read', () => {
  const line = fc.stringMatching(/^[A-Z_]{1,8}=[a-z0-9 #]{0,8}$/);
  fc.assert(
    fc.property(fc.array(line), fc.boolean(), (lines, ends) => {
      const text = lines.join('\n') + (ends && lines.length > 0 ? '\n' : '');
      const once = writeOwnBlock(text, ours);
      expect(writeOwnBlock(once, ours)).toBe(once);
      expect(readOwnBlock(once)).toEqual(ours);
      expect(withoutOwnBlock(once).trimEnd()).toBe(text.trimEnd());
    }),
  );
});
