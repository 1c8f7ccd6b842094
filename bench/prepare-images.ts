import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { IMAGE_VARIABLES, OFFICIAL } from '../setup/base-images/image-names.ts';
import { ROOT, shell } from '../setup/config.ts';
import { showStep } from '../setup/progress.ts';
import { run } from '../setup/run-command.ts';
import { BASELINE_IMAGE, PM2_IMAGE } from './contenders/start-tutorial.ts';
import { WRK_IMAGE } from './load/run-wrk.ts';

/** Builds what the benchmark alone needs. @returns the name of k6's image */
export async function prepareImages(): Promise<string> {
  await showStep('Build the contenders and the load', async (step) => {
    const onLine = step.say;
    await run('docker', ['compose', '--profile', 'baseline', 'build', 'baseline'], { onLine });
    const node = imageOf('node');
    const folder = (name: string) => path.join(ROOT, 'bench', name);
    const base = ['--build-arg', `NODE_IMAGE=${node}`];
    await run('docker', ['build', ...base, '--tag', WRK_IMAGE, folder('load')], { onLine });
    const baseline = ['--build-arg', `BASELINE_IMAGE=${BASELINE_IMAGE}`];
    await run('docker', ['build', ...base, ...baseline, '--tag', PM2_IMAGE, folder('pm2')], { onLine });
  });
  return imageOf('k6');
}

/** As Compose chooses it: the environment first, then `.env`, then the official one. */
function imageOf(kind: 'node' | 'k6'): string {
  const file = path.join(ROOT, '.env');
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const name = IMAGE_VARIABLES[kind];
  return shell()[name] || written[name] || OFFICIAL[kind];
}
