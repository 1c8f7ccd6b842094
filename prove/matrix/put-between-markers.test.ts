import { expect, test } from 'vitest';
import { putBetweenMarkers } from './put-between-markers.ts';

test('what stands between the markers is replaced, and nothing else', () => {
  const document = 'a\n<!-- matrix:begin -->\nold\n<!-- matrix:end -->\nb\n';
  const once = putBetweenMarkers(document, 'new');
  expect(once).toBe('a\n<!-- matrix:begin -->\nnew\n<!-- matrix:end -->\nb\n');
  expect(putBetweenMarkers(once, 'new')).toBe(once);
});

test.each([
  'none',
  'one <!-- matrix:begin -->',
  'the wrong way round <!-- matrix:end --> <!-- matrix:begin -->',
  'twice <!-- matrix:begin --> <!-- matrix:end --> <!-- matrix:begin --> <!-- matrix:end -->',
])('a document with other markers is refused: %s', (document) => {
  expect(() => putBetweenMarkers(document, 'new')).toThrow('once each');
});
