import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './config.ts';
import { prepareMachine } from './prepare-machine.ts';
import { showStep } from './progress.ts';
import { replaceFile } from './replace-file.ts';
import { runMain } from './run-main.ts';
import { describeImage } from './sbom/describe-image.ts';
import { listImages } from './sbom/list-images.ts';

const FOLDER = 'artifacts/sbom';

/** `npm run sbom`: what each image is made of, as CycloneDX. */
await runMain(async () => {
  await prepareMachine({ k6: false });
  mkdirSync(path.join(ROOT, FOLDER), { recursive: true });
  for (const image of await listImages()) {
    const file = `${FOLDER}/${image.image.replace(/:.*/, '')}.cdx.json`;
    await showStep(file, async () => replaceFile(path.join(ROOT, file), await describeImage(image)));
  }
});
