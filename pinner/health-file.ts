import { writeFileSync } from 'node:fs';

/** On the container's own tmpfs: the time in milliseconds since 1970 until which the pinner counts as healthy. */
export const HEALTH_FILE = '/tmp/healthy-until';
/** For one slow pass: a call to Docker may take seconds on a busy machine. */
const GRACE_MS = 20_000;

/**
 * Says that a pass has succeeded. The deadline is written rather than the time, so that the check need not know how
 * often passes come.
 * @throws the system's error when the file cannot be written.
 */
export function extendHealth(resyncMs: number): void {
  writeFileSync(HEALTH_FILE, String(Date.now() + 2 * resyncMs + GRACE_MS));
}
