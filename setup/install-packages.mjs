// Installs the packages of package-lock.json when they are not there yet. Plain JavaScript for any Node from 18 on: it
// runs before Node 26 is here, which comes as one of these packages and runs everything else.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findDifference } from './compare-locks.mjs';
import { Expected } from './expected.mjs';

const OLDEST_NODE = 18;
const NEEDED_NODE = 26;

const root = fileURLToPath(new URL('..', import.meta.url));
// biome-ignore lint/style/noProcessEnv: config.ts cannot be loaded before Node 26 is here
const environment = process.env;

try {
  if (major(process.versions.node) < OLDEST_NODE) {
    fail(
      `Node must be ${OLDEST_NODE} or newer, and is ${process.versions.node}: install a newer one (https://nodejs.org).`,
    );
  }
  const difference = findDifference(
    read('package-lock.json'),
    read('node_modules/.package-lock.json'),
    (location) => existsSync(path.join(root, location)),
  );
  if (difference !== null) install(difference);
  checkNode();
} catch (error) {
  if (!(error instanceof Expected)) throw error;
  process.stderr.write(`percore: ${error.message}\n`);
  process.exitCode = 1;
}

/** @param {string} reason */
function install(reason) {
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
  if (npm.error)
    fail(`npm could not be run (${npm.error.message}): it comes with Node (https://nodejs.org).`);
  if (npm.status !== 0) {
    const output = `${npm.stdout}${npm.stderr}`.trimEnd().split('\n').slice(-25).join('\n');
    fail(`"npm ci" failed (${npm.signal ?? `exit code ${npm.status}`}):\n${output}`);
  }
  process.stdout.write(`  ok  Install the npm packages ${((Date.now() - begun) / 1000).toFixed(1)} s\n`);
}

/** npm puts node_modules/.bin on the PATH of a script, so the next "node" of the script must be the package's. */
function checkNode() {
  const program = path.join(root, 'node_modules', 'node', 'bin', 'node');
  if (!existsSync(program) && process.platform !== 'win32') {
    fail(
      'The npm package "node" has no program: its install script did not run. Unset npm\'s "ignore-scripts" and run "npm ci".',
    );
  }
  const next = spawnSync('node', ['--version'], {
    encoding: 'utf8',
    env: environment,
    shell: process.platform === 'win32',
  });
  const version = (next.stdout ?? '').trim().replace(/^v/, '');
  if (major(version) >= NEEDED_NODE) return;
  fail(
    `Node must be ${NEEDED_NODE} or newer for this, and "node" on the PATH is ${version || 'missing'}: ` +
      'start it as an npm script ("npm start"), which puts node_modules/.bin first on the PATH.',
  );
}

/** @param {string} version */
function major(version) {
  return Number.parseInt(version, 10) || 0;
}

/** @param {string} file */
function read(file) {
  const found = path.join(root, file);
  return existsSync(found) ? readFileSync(found, 'utf8') : null;
}

/** @param {string} message @returns {never} */
function fail(message) {
  throw new Expected(message);
}
