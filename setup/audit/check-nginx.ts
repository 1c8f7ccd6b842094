import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../config.ts';
import { run } from '../run-command.ts';

const NGINX_VERSION = '1.30.6';

/** Each configuration, where it is in its container, and the checks that do not fit it. The reasons: docs/security.md. */
const CONFIGURATIONS = [
  {
    folder: 'nginx',
    mountedAt: '/etc/nginx/percore',
    skips: ['missing_resolver', 'worker_rlimit_nofile_vs_connections'],
  },
  { folder: 'gate', mountedAt: '/etc/nginx/gate', skips: ['worker_rlimit_nofile_vs_connections'] },
];

/**
 * Runs gixy on both configurations of Nginx.
 * @throws SetupError with its findings
 */
export async function checkNginx(programs: string): Promise<void> {
  for (const { folder, mountedAt, skips } of CONFIGURATIONS) {
    const copy = await mkdtemp(path.join(tmpdir(), 'percore-audit-'));
    try {
      await copyWithOwnPaths(path.join(ROOT, folder), copy, mountedAt);
      const options = [`--skips=${skips.join(',')}`, `--nginx-version=${NGINX_VERSION}`];
      await run(path.join(programs, 'gixy'), [...options, path.join(copy, 'nginx.conf')]);
    } finally {
      await rm(copy, { recursive: true });
    }
  }
}

/** Includes name the place in the container, which is not here. */
async function copyWithOwnPaths(from: string, to: string, mountedAt: string): Promise<void> {
  await cp(from, to, { recursive: true });
  for (const entry of await readdir(to, { recursive: true })) {
    if (!entry.endsWith('.conf')) continue;
    const file = path.join(to, entry);
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(`${mountedAt}/`, `${to}/`));
  }
}
