import { chmod, cp, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../../setup/config.ts';
import { run } from '../../setup/run-command.ts';

export interface Bundle {
  /** To be removed when it is no longer used. */
  readonly folder: string;
  readonly file: string;
}

/**
 * Builds the app's bundle by the app's own build script, from a copy of its sources in which only the kernel is
 * another.
 * @throws SetupError when the build fails.
 */
export async function buildTutorialLoopBundle(): Promise<Bundle> {
  const folder = await mkdtemp(path.join(tmpdir(), 'percore-bench-'));
  const isSource = (source: string) => !/\/(?:node_modules|dist)$/.test(source);
  for (const each of ['app', 'placement', 'package.json'])
    await cp(path.join(ROOT, each), path.join(folder, each), { recursive: true, filter: isSource });
  await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  await cp(path.join(import.meta.dirname, 'load-kernel.ts'), path.join(folder, 'app/sum/load-kernel.ts'));
  await run('npm', ['run', '--silent', 'build:bundle'], { cwd: path.join(folder, 'app') });
  const file = path.join(folder, 'app/dist/server.cjs');
  // The app's user is another one, and temporary folders are closed to others.
  await chmod(folder, 0o755);
  await chmod(file, 0o644);
  return { folder, file };
}
