import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import { readConfig as readAppConfig } from '../app/config.ts';
import { readConfig as readPinnerConfig } from '../pinner/config.ts';
import { IMAGE_VARIABLES } from './base-images/image-names.ts';
import { SetupError } from './setup-error.ts';

type Get = (name: string) => string;

const HIGHEST_PORT = 65_535;
/** The ports of the modes, in a row. */
const LAB_PORTS = 5;
/** Which cores there are, the pinner sees on its machine; here it is enough that the list is one. */
const ANY_CORE = Array.from({ length: 8192 }, (_, core) => core);
/** A name with its registry, tag or digest, in so far as Docker does not read something else in it. */
const IMAGE = /^[a-z0-9][\w.:/@-]*$/i;

/**
 * Checks here what the containers would only say into their logs.
 * @throws SetupError naming the variable, its rule, its value and the fix.
 */
export function checkVariables(get: Get): void {
  const main = readPort(get, 'PERCORE_PORT', 8080);
  readPort(get, 'PERCORE_BASELINE_PORT', 8090);
  const lab = readLabPorts(get);
  if (main >= lab && main < lab + LAB_PORTS) {
    throw wrong(
      'PERCORE_PORT',
      String(main),
      "must not be one of the modes' (PERCORE_LAB_PORTS)",
      'set another',
    );
  }
  check(
    get,
    'PERCORE_BIND',
    isAddress,
    'must be an IP address of this machine',
    'leave it out for 127.0.0.1',
  );
  check(
    get,
    'PERCORE_NGINX_WORKERS',
    (text) => /^[1-9]\d{0,2}$/.test(text),
    'must be a whole number from 1 to 999',
    'leave it out for one per two CPUs',
  );
  check(
    get,
    'PERCORE_DOCKER_SOCKET',
    path.isAbsolute,
    'must be an absolute path',
    'leave it out for /var/run/docker.sock',
  );
  for (const name of Object.values(IMAGE_VARIABLES)) {
    check(
      get,
      name,
      (text) => IMAGE.test(text),
      "must be an image's name",
      'leave it out for the official one',
    );
  }
  askContainers(get);
}

/** @throws SetupError when the folder is not percore's. */
export function checkNginxFolder(folder: string): string {
  if (existsSync(path.join(folder, 'nginx.conf'))) return folder;
  throw wrong(
    'PERCORE_NGINX_DIR',
    folder,
    "must be a folder with percore's nginx.conf",
    'leave it out for ./nginx',
  );
}

/** The rules of what is read inside the containers stand where it is read. */
function askContainers(get: Get): void {
  const pick = (...names: string[]) => Object.fromEntries(names.map((name) => [name, get(name)]));
  try {
    readAppConfig(pick('PERCORE_MAX_SUMS', 'PERCORE_DRAIN_SECONDS'));
    const pinner = pick('PERCORE_CORES', 'PERCORE_ALLOW_UNPINNED', 'PERCORE_RESYNC_SECONDS');
    readPinnerConfig(ANY_CORE, { ...pinner, PERCORE_PROJECT: 'percore' });
  } catch (error) {
    if (error instanceof Error && error.name === 'ConfigError') throw new SetupError(error.message);
    throw error;
  }
}

function readPort(get: Get, name: string, usual: number): number {
  check(get, name, isPort, `must be a port from 0 to ${HIGHEST_PORT}`, `leave it out for ${usual}`);
  return Number(get(name) || usual);
}

/** @returns the first of them. */
function readLabPorts(get: Get): number {
  const isRange = (text: string) => {
    const [first = '', last = '', ...more] = text.split('-');
    const isRow = Number(last) - Number(first) === LAB_PORTS - 1;
    return more.length === 0 && isPort(first) && isPort(last) && first !== '0' && isRow;
  };
  check(get, 'PERCORE_LAB_PORTS', isRange, 'must be five ports in a row', 'leave it out for 8081-8085');
  return Number.parseInt(get('PERCORE_LAB_PORTS') || '8081', 10);
}

function isPort(text: string): boolean {
  return /^(?:0|[1-9]\d{0,4})$/.test(text) && Number(text) <= HIGHEST_PORT;
}

/** Compose has an IPv6 address in brackets, as a port follows it. */
function isAddress(text: string): boolean {
  const inBrackets = /^\[(.*)\]$/.exec(text)?.[1];
  return inBrackets === undefined ? isIP(text) === 4 : isIP(inBrackets) === 6;
}

function check(get: Get, name: string, isRight: (text: string) => boolean, rule: string, fix: string): void {
  const text = get(name);
  if (text !== '' && !isRight(text)) throw wrong(name, text, rule, fix);
}

function wrong(name: string, text: string, rule: string, fix: string): SetupError {
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return new SetupError(`${name} ${rule}, but is ${JSON.stringify(shown)}: ${fix}.`);
}
