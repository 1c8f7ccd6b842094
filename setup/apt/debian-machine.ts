import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from '../setup-error.ts';
import { type OsRelease, parseOsRelease } from './os-release.ts';
import { parseSources } from './parse-sources.ts';
import { type Mirror, pickMirror } from './pick-mirror.ts';

const KEYRINGS = [
  '/usr/share/keyrings/debian-archive-keyring.gpg',
  '/usr/share/keyrings/debian-archive-keyring.pgp',
];

/** A Linux system that apt serves. */
export interface DebianMachine extends OsRelease {
  readonly isRoot: boolean;
}

/** The system this runs on; null when it is not Debian or one of its descendants. */
export function readDebianMachine(): DebianMachine | null {
  const file = ['/etc/os-release', '/usr/lib/os-release'].find((candidate) => existsSync(candidate));
  if (process.platform !== 'linux' || file === undefined) return null;
  const system = parseOsRelease(readFileSync(file, 'utf8'));
  if (![system.id, ...system.like].some((id) => id === 'debian' || id === 'ubuntu')) return null;
  return { ...system, isRoot: process.geteuid?.() === 0 };
}

/**
 * The Debian mirror of this machine's own apt sources, and the keyring to check it by.
 * @throws SetupError when there is none.
 */
export function readMirror(system: OsRelease): Mirror & { readonly keyring: string } {
  const folder = '/etc/apt/sources.list.d';
  const files = existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
  const sources = ['/etc/apt/sources.list', ...files]
    .filter((file) => /\.(list|sources)$/.test(file) && existsSync(file))
    .flatMap((file) => parseSources(file, readFileSync(file, 'utf8')));
  const mirror = system.id === 'debian' ? pickMirror(sources, system.codename) : null;
  if (mirror === null) {
    throw new SetupError(
      `The apt sources of ${system.prettyName} name no Debian mirror (a source of suite "${system.codename}" with ` +
        'component main, signed by Debian): add one to /etc/apt/sources.list.d.',
    );
  }
  const keyring = [mirror.signedBy, ...KEYRINGS].find((file) => file.startsWith('/') && existsSync(file));
  if (keyring === undefined) {
    throw new SetupError('Debian\'s keyring is not installed: run "apt-get install debian-archive-keyring".');
  }
  return { ...mirror, keyring };
}
