import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findDifference } from './compare-locks.mjs';
import { Expected } from './expected.mjs';

/**
 * Installs the packages of package-lock.json when they are not there yet.
 * @param {string} root the repository's root
 * @param {Record<string, string | undefined>} environment
 * @throws Expected when npm fails
 */
export function installPackages(root, environment) {
  const reason = findDifference(
    read(path.join(root, 'package-lock.json')),
    read(path.join(root, 'node_modules/.package-lock.json')),
    (location) => existsSync(path.join(root, location)),
  );
  if (reason === null) return;
  process.stdout.write(`  ... Install the npm packages (${reason})\n`);
  const begun = Date.now();
  // The Node in node_modules is about to be replaced, so npm runs on the machine's own.
  const folders = (environment.PATH ?? '').split(path.delimiter);
  const others = folders.filter((folder) => !folder.endsWith(path.join('node_modules', '.bin')));
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...environment, PATH: others.join(path.delimiter) },
    shell: process.platform === 'win32',
  });
  if (npm.error) {
    throw new Expected(
      `npm could not be run (${npm.error.message}): it comes with Node (https://nodejs.org).`,
    );
  }
  if (npm.status !== 0) {
    // npm says what is wrong first and how it is used last.
    const output = `${npm.stdout}${npm.stderr}`.trim().split('\n').slice(0, 12).join('\n');
    throw new Expected(`"npm ci" failed (${npm.signal ?? `exit code ${npm.status}`}):\n${output}`);
  }
  process.stdout.write(`  ok  Install the npm packages ${((Date.now() - begun) / 1000).toFixed(1)} s\n`);
}

/** @param {string} file */
function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
