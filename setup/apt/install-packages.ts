import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Step } from '../progress.ts';
import { run } from '../run-command.ts';
import { type DebianMachine, readMirror } from './debian-machine.ts';
import type { PackageWish } from './package-wish.ts';
import { describeAptConfig, describePin, describeRelease } from './private-sources.ts';

const OPTIONS = [
  '-y',
  '--no-install-recommends',
  '-o',
  'DPkg::Lock::Timeout=120',
  '-o',
  'Dpkg::Options::=--force-confold',
];

/**
 * Installs packages with apt. On Debian only Debian's own sources count, with another release where it is asked for, from
 * a private folder made for this one run: /etc/apt and the machine's package lists stay as they were.
 * @throws SetupError with the end of apt's output.
 */
export async function installPackages(system: DebianMachine, wish: PackageWish, step: Step): Promise<void> {
  const folder = system.id === 'debian' ? await makePrivateSources(system, wish.release) : null;
  const env = {
    DEBIAN_FRONTEND: 'noninteractive',
    ...(folder === null ? {} : { APT_CONFIG: path.join(folder, 'apt.conf') }),
  };
  const names = wish.packages.map((name) => (wish.release === null ? name : `${name}/${wish.release}`));
  names.push(...(wish.ownPackages ?? []));
  const dryRun = wish.dryRun === true ? ['-s'] : [];
  try {
    await run('apt-get', ['update'], { env, onLine: step.say });
    await run('apt-get', ['install', ...dryRun, ...OPTIONS, ...names], { env, onLine: step.say });
  } finally {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

async function makePrivateSources(system: DebianMachine, release: string | null): Promise<string> {
  const mirror = readMirror(system);
  const folder = await mkdtemp(path.join(tmpdir(), 'percore-apt-'));
  // apt downloads as a user of its own.
  await chmod(folder, 0o755);
  for (const name of ['sources', 'preferences', 'lists']) await mkdir(path.join(folder, name));
  const releases = release === null ? [system.codename] : [system.codename, release];
  const stanzas = releases.map((codename) => describeRelease(mirror, mirror.keyring, codename));
  await writeFile(path.join(folder, 'sources', 'percore.sources'), stanzas.join('\n'));
  if (release !== null) await writeFile(path.join(folder, 'preferences', 'percore'), describePin(release));
  await writeFile(path.join(folder, 'apt.conf'), describeAptConfig(folder));
  return folder;
}
