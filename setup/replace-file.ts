import { chmodSync, chownSync, existsSync, renameSync, statSync, writeFileSync } from 'node:fs';

/** Replaces a file's text so that no reader sees half of it; its owner and mode stay as they were. */
export function replaceFile(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.new`;
  writeFileSync(temporary, text);
  if (existsSync(file)) {
    const { mode, uid, gid } = statSync(file);
    chmodSync(temporary, mode);
    // Only root may give a file away; anyone else is the owner already.
    if (process.geteuid?.() === 0) chownSync(temporary, uid, gid);
  }
  renameSync(temporary, file);
}
