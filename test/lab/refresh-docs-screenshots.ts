/**
 * Copies the last test run's screenshots of the lab page to where the documents show them:
 *
 *   npx vitest run --project browser test/lab/page.test.ts && node test/lab/refresh-docs-screenshots.ts
 */
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ARTIFACTS } from './take-screenshot.ts';

const IMAGES = join(import.meta.dirname, '../../docs/images');

await mkdir(IMAGES, { recursive: true });
for (const name of ['lab-light-1440.png', 'lab-dark-1440.png', 'lab-light-390.png', 'lab-dark-390.png']) {
  await copyFile(join(ARTIFACTS, name), join(IMAGES, name));
  console.log(`docs/images/${name}`);
}
