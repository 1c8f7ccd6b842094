import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../run-command.ts';
import { type DebianImage, makeDebianImage } from './make-debian-image.ts';
import { NODE_PROGRAM, NODE_SUITE, NPM_VERSION } from './recipe.ts';

const CERTIFICATES = '/etc/ssl/certs/machine.crt';

/** Makes the equivalent of the official Node image: Debian, the npm package `node`, npm, and this machine's trust. */
export async function makeNodeImage(
  tag: string,
  recipe: string,
  certificates: string | null,
  mirror: Parameters<typeof makeDebianImage>[1],
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'percore-node-'));
  try {
    const overlay = path.join(folder, 'rootfs');
    await fillOverlay(overlay, folder, certificates);
    const image: DebianImage = {
      tag,
      suite: NODE_SUITE,
      packages: ['ca-certificates', 'libatomic1'],
      overlay,
      commands: [],
      changes: [
        'CMD ["node"]',
        ...(certificates === null ? [] : [`ENV NODE_EXTRA_CA_CERTS=${CERTIFICATES}`]),
      ],
      recipe,
    };
    await makeDebianImage(image, mirror);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fillOverlay(overlay: string, folder: string, certificates: string | null): Promise<void> {
  const modules = path.join(overlay, 'usr/local/lib/node_modules');
  const programs = path.join(overlay, 'usr/local/bin');
  for (const directory of [modules, programs, path.join(overlay, 'etc/ssl/certs')]) {
    await mkdir(directory, { recursive: true, mode: 0o755 });
  }
  await copyFile(NODE_PROGRAM, path.join(programs, 'node'));
  await chmod(path.join(programs, 'node'), 0o755);
  const packed = await run('npm', ['pack', '--silent', `npm@${NPM_VERSION}`], { cwd: folder });
  const archive = path.join(folder, packed.trim().split('\n').at(-1) ?? '');
  await run('tar', ['-xzf', archive, '-C', modules, '--no-same-owner']);
  await run('mv', [path.join(modules, 'package'), path.join(modules, 'npm')]);
  for (const name of ['npm', 'npx']) {
    await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, path.join(programs, name));
  }
  await writeNpmrc(path.join(overlay, 'usr/local/etc'));
  if (certificates === null) return;
  const target = path.join(overlay, CERTIFICATES);
  await copyFile(certificates, target);
  await chmod(target, 0o644);
}

/** A build asks the same registry for packages as this machine does; credentials stay where they are. */
async function writeNpmrc(folder: string): Promise<void> {
  const registry = new URL((await run('npm', ['config', 'get', 'registry'])).trim());
  registry.username = '';
  registry.password = '';
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await writeFile(path.join(folder, 'npmrc'), `registry=${registry.href}\n`);
}
