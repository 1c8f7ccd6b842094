import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Mirror } from '../apt/pick-mirror.ts';
import { run } from '../run-command.ts';
import { RECIPE_LABEL } from './recipe.ts';

/** What an image is for a reader: never read from inside a container. */
const LEFT_OUT = ['/usr/share/man/*', '/usr/share/doc/*', '/usr/share/info/*', '/usr/share/locale/*'];

/** apt's settings of this machine that a download needs, and no other. */
const NEEDED = /^Acquire::(https?|ftp|Retries|Check-Valid-Until|Check-Date|ForceIPv4|ForceIPv6)\b/;

export interface DebianImage {
  readonly tag: string;
  readonly suite: string;
  readonly packages: readonly string[];
  /** A folder to copy over the file system; null: none. */
  readonly overlay: string | null;
  /** Shell commands with "$1" as the root of the file system. */
  readonly commands: readonly string[];
  /** Dockerfile instructions for the image itself. */
  readonly changes: readonly string[];
  readonly recipe: string;
}

/**
 * Makes a Docker image from a minimal Debian and some of its packages, from the machine's own mirror.
 * @throws SetupError when mmdebstrap or Docker fails.
 */
export async function makeDebianImage(
  image: DebianImage,
  mirror: Mirror & { keyring: string },
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'percore-base-'));
  try {
    const settings = path.join(folder, 'apt.conf');
    await writeFile(settings, await readAptSettings());
    await mkdir(path.join(folder, 'tmp'));
    const tar = path.join(folder, 'image.tar');
    await run(
      'mmdebstrap',
      [
        '--quiet',
        '--variant=minbase',
        `--include=${image.packages.join(',')}`,
        `--keyring=${mirror.keyring}`,
        `--aptopt=${settings}`,
        ...LEFT_OUT.map((pattern) => `--dpkgopt=path-exclude=${pattern}`),
        ...(image.overlay === null ? [] : [`--customize-hook=sync-in '${image.overlay}' /`]),
        ...image.commands.map((command) => `--customize-hook=${command}`),
        // The machine's proxy and such are no part of an image.
        '--customize-hook=rm -f "$1/etc/apt/apt.conf.d/99mmdebstrap"',
        image.suite,
        tar,
        mirror.uri,
      ],
      { env: { TMPDIR: path.join(folder, 'tmp') } },
    );
    const changes = [...image.changes, `LABEL ${RECIPE_LABEL}="${image.recipe}"`];
    await run('docker', ['import', ...changes.flatMap((change) => ['--change', change]), tar, image.tag]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readAptSettings(): Promise<string> {
  const lines = (await run('apt-config', ['dump'])).split('\n');
  return `${lines.filter((line) => NEEDED.test(line)).join('\n')}\n`;
}
