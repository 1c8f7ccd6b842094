import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { DOCUMENT } from '../../prove/matrix/document.ts';
import { expectedCounts, expectedToOverlap } from '../../prove/matrix/expected.ts';
import { CLIENTS, type Matrix, measureMatrix } from '../../prove/matrix/measure-matrix.ts';
import { putBetweenMarkers } from '../../prove/matrix/put-between-markers.ts';
import { renderMarkdown } from '../../prove/matrix/render-matrix.ts';
import { SERVERS } from '../../prove/matrix/servers.ts';
import { openStage } from '../../prove/open-stage.ts';

describe('who answers whom', () => {
  let matrix: Matrix;
  beforeAll(async () => {
    await using stage = await openStage();
    matrix = await measureMatrix(stage);
  }, 600_000);

  describe.each(CLIENTS)('$id', ({ id }) => {
    test.each(SERVERS.map(({ mode }, column) => ({ mode, column })))('$mode', ({ column }) => {
      const cell = matrix[id]?.[column];
      expect(expectedCounts(id, column)).toContain(cell?.distinct);
      expect(cell).toMatchObject({ overlapped: expectedToOverlap(id), requests: 12 });
    });
  });

  test('docs/stickiness.md says just that ("npm run prove" writes it)', async () => {
    const document = await readFile(DOCUMENT, 'utf8');
    expect(document).toBe(putBetweenMarkers(document, renderMarkdown(matrix)));
  });
});
