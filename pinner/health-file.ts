import { writeFileSync } from 'node:fs';

/** On the container's own tmpfs: until when the pinner counts as healthy, as `sinceBoot` counts. */
export const HEALTH_FILE = '/tmp/healthy-until';
/** For one slow pass: a call to Docker may take seconds on a busy machine. */
const GRACE_MS = 20_000;

/** Milliseconds by a clock that all processes share and nobody can set, unlike the time of day. */
export function sinceBoot(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}

/**
 * Says that a pass has succeeded. The deadline is written rather than the time, so that the check need not know how
 * often passes come.
 * @throws the system's error when the file cannot be written.
 */
export function extendHealth(resyncMs: number): void {
  writeFileSync(HEALTH_FILE, String(sinceBoot() + 2 * resyncMs + GRACE_MS));
}
