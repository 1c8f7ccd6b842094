/** `npm run prove`: measures who answers whom, prints it, and writes it into docs/stickiness.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { ensureChromium } from '../setup/ensure-chromium.ts';
import { prepareMachine } from '../setup/prepare-machine.ts';
import { runMain } from '../setup/run-main.ts';
import { SetupError } from '../setup/setup-error.ts';
import { DOCUMENT } from './matrix/document.ts';
import { isAsExpected } from './matrix/expected.ts';
import { CLIENTS, measureMatrix } from './matrix/measure-matrix.ts';
import { putBetweenMarkers } from './matrix/put-between-markers.ts';
import { renderMarkdown, renderRow } from './matrix/render-matrix.ts';
import { openStage } from './open-stage.ts';
import { settleTestcontainers } from './settle-testcontainers.ts';

await runMain(async () => {
  settleTestcontainers();
  const { config } = await prepareMachine({ k6: false });
  await ensureChromium(config);
  await using stage = await openStage();
  const matrix = await measureMatrix(stage, (client, cells) => console.log(`\n${renderRow(client, cells)}`));
  const before = await readFile(DOCUMENT, 'utf8');
  const after = putBetweenMarkers(before, renderMarkdown(matrix));
  if (after === before) {
    console.log('docs/stickiness.md says the same already.');
  } else {
    await writeFile(DOCUMENT, after);
    console.log('Written to docs/stickiness.md, which said something else.');
  }
  const changed = CLIENTS.filter(({ id }) => !matrix[id]?.every((cell, at) => isAsExpected(id, at, cell)));
  if (changed.length > 0) {
    throw new SetupError(
      `This is not what prove/matrix/expected.ts says of: ${changed.map(({ id }) => id).join(', ')}.`,
    );
  }
});
