import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Step } from '../progress.ts';
import { run } from '../run-command.ts';
import { K6_VERSION, RECIPE_LABEL } from './recipe.ts';

/** Makes the equivalent of the official k6 image: the program, built by Go, and the certificates; nothing else. */
export async function makeK6Image(
  tag: string,
  recipe: string,
  certificates: string | null,
  step: Step,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'percore-k6-'));
  try {
    const root = path.join(folder, 'rootfs');
    for (const directory of ['usr/bin', 'etc/ssl/certs', 'home/k6']) {
      await mkdir(path.join(root, directory), { recursive: true, mode: 0o755 });
    }
    await mkdir(path.join(root, 'tmp'));
    await run('chmod', ['1777', path.join(root, 'tmp')]);
    await run('go', ['install', '-ldflags=-s -w', `go.k6.io/k6@v${K6_VERSION}`], {
      cwd: folder,
      // A Go that is too old for k6 fetches the one it needs.
      env: { CGO_ENABLED: '0', GOTOOLCHAIN: 'auto', GOBIN: path.join(root, 'usr/bin') },
      onLine: (line) => step.say(`k6: ${line}`),
    });
    if (certificates !== null) {
      await copyFile(certificates, path.join(root, 'etc/ssl/certs/ca-certificates.crt'));
    }
    await writeFile(path.join(root, 'etc/passwd'), 'k6:x:12345:12345::/home/k6:/sbin/nologin\n');
    const tar = path.join(folder, 'image.tar');
    await run('tar', ['-C', root, '--numeric-owner', '--owner=0', '--group=0', '-cf', tar, '.']);
    const changes = [
      'ENTRYPOINT ["/usr/bin/k6"]',
      'USER 12345:12345',
      'WORKDIR /home/k6',
      'ENV PATH=/usr/bin',
    ];
    changes.push(`LABEL ${RECIPE_LABEL}="${recipe}"`);
    await run('docker', ['import', ...changes.flatMap((change) => ['--change', change]), tar, tag]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
