// node setup/run-with-packages.mjs <program> [arguments]
//
// Installs the npm packages when they are not there yet, and runs a program of this repository on Node 26, which is one
// of them. Plain JavaScript, for any Node from 18 on. It starts the program itself: in "node this && node that" a shell
// would remember where it found the first "node", and run the second on the old one.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Expected } from './expected.mjs';
import { installPackages } from './install-packages.mjs';

const OLDEST_NODE = 18;
const NODES = ['node_modules/node/bin/node', 'node_modules/node/bin/node.exe'];

const root = fileURLToPath(new URL('..', import.meta.url));
// biome-ignore lint/style/noProcessEnv: config.ts cannot be loaded before Node 26 is here
const environment = process.env;

try {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    throw new Expected(
      `Node must be ${OLDEST_NODE} or newer, and is ${process.versions.node}: install a newer one (https://nodejs.org).`,
    );
  }
  installPackages(root, environment);
  const node = NODES.map((file) => path.join(root, file)).find((file) => existsSync(file));
  if (node === undefined) {
    throw new Expected(
      'The npm package "node" has no program, as its install script did not run: unset npm\'s "ignore-scripts" and run "npm ci".',
    );
  }
  runProgram(node, process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Expected)) throw error;
  process.stderr.write(`percore: ${error.message}\n`);
  process.exitCode = 1;
}

/**
 * @param {string} node
 * @param {string[]} args
 */
function runProgram(node, args) {
  const folder = path.join(root, 'node_modules', '.bin');
  const PATH = [folder, environment.PATH].filter(Boolean).join(path.delimiter);
  const child = spawn(node, args, { cwd: root, stdio: 'inherit', env: { ...environment, PATH } });
  // A terminal sends its signal to the program too, which decides; this one only waits.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.once('error', (error) => {
    process.stderr.write(`percore: ${node} could not be run: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
