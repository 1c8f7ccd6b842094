import path from 'node:path';
import { run } from '../run-command.ts';

/**
 * Runs hadolint on every Dockerfile. What it may not say stands beside the line, with the reason.
 * @returns how many there are
 * @throws SetupError with its findings
 */
export async function checkDockerfiles(programs: string): Promise<number> {
  const files = (await run('git', ['ls-files', 'Dockerfile', '*/Dockerfile'])).trim().split('\n');
  await run(path.join(programs, 'hadolint'), ['--no-color', ...files]);
  return files.length;
}
