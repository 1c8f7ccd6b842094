import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readConfig } from './config.ts';
import { showLine } from './progress.ts';
import { replaceFile } from './replace-file.ts';
import { runMain } from './run-main.ts';
import { SetupError } from './setup-error.ts';
import { findAddress } from './stack/find-address.ts';
import { awaitReload } from './sticky/await-reload.ts';
import { activateMode, activeModes, MODES, type Mode, StickyConfError } from './sticky/sticky-conf.ts';

const MEANING: Record<Mode | 'off', string> = {
  ip_hash: 'ip_hash: one client address (its /24) always gets the same replica',
  cookie: 'cookie: one browser always gets the same replica, by a cookie',
  least_conn: 'least_conn: the replica with the fewest requests in progress',
  off: 'round robin: every replica in turn',
};

await runMain(async () => {
  const file = path.join(readConfig().nginxDir, 'sticky.conf');
  if (!existsSync(file)) throw new SetupError(`${file} is missing: bring it back with "git checkout nginx".`);
  const before = readFileSync(file, 'utf8');
  const [argument, ...more] = process.argv.slice(2);
  if (argument === undefined) return showLine(describe(before));
  const after = change(before, more.length === 0 ? argument : [argument, ...more].join(' '));
  if (after === before) return showLine(`${describe(before)} (as before)`);
  // Nginx's log counts from here: it may notice the file before this program goes on.
  const since = new Date();
  replaceFile(file, after);
  if ((await findAddress()) === null) {
    return showLine(`${describe(after)} (as soon as Nginx runs: npm start)`);
  }
  const verdict = await awaitReload(since);
  if (verdict.state === 'refused') {
    replaceFile(file, before);
    throw new SetupError(`Nginx refuses ${argument}, so sticky.conf is as it was: ${verdict.reason}`);
  }
  showLine(describe(after));
  if (verdict.remark !== '') showLine(`Nginx remarks: ${verdict.remark}`);
});

function change(text: string, argument: string): string {
  const mode = [...MODES, 'off' as const].find((known) => known === argument);
  if (mode === undefined) {
    throw new SetupError(`The mode must be ${MODES.join(', ')} or off, and is "${argument}".`);
  }
  try {
    return activateMode(text, mode);
  } catch (error) {
    if (error instanceof StickyConfError) throw new SetupError(error.message);
    throw error;
  }
}

function describe(text: string): string {
  const modes = activeModes(text);
  return `Active: ${(modes.length === 0 ? (['off'] as const) : modes).map((mode) => MEANING[mode]).join('; ')}`;
}
