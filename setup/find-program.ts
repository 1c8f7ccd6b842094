import { tryRun } from './run-command.ts';

/** The path of the first of these programs that is on the PATH; null when none is. */
export async function findProgram(names: readonly string[]): Promise<string | null> {
  const search = 'for name in "$@"; do command -v "$name" && break; done; true';
  const found = await tryRun('sh', ['-c', search, 'sh', ...names]);
  return found?.trim() || null;
}
