import type { PlacedReplica, PlacementFile } from '../placement/placement-file.ts';
import type { LogLine } from './log.ts';

type Reported = Pick<PlacementFile, 'problems' | 'replicas'>;

/** What to log about the step from one placement to the next: each change once, and nothing when nothing changed. */
export function reportChanges(before: Reported | null, after: Reported): LogLine[] {
  const lines: LogLine[] = [];
  const old = new Map(before?.replicas.map((one) => [one.container, one]));
  for (const replica of after.replicas) {
    const text = describe(old.get(replica.container), replica);
    if (text) lines.push({ level: 'info', text: `Replica ${replica.replica} (${short(replica)}) ${text}.` });
    old.delete(replica.container);
  }
  for (const gone of old.values()) {
    lines.push({ level: 'info', text: `Replica ${gone.replica} (${short(gone)}) was removed.` });
  }
  const now = new Set(problemsOf(after));
  const then = new Set(before ? problemsOf(before) : []);
  for (const text of then.difference(now)) lines.push({ level: 'info', text: `No longer so: ${text}` });
  for (const text of now.difference(then)) lines.push({ level: 'error', text });
  return lines;
}

function describe(old: PlacedReplica | undefined, now: PlacedReplica): string | null {
  const sameLife = old?.pid === now.pid && old?.startTicks === now.startTicks;
  const sameCore = old?.core === now.core;
  if (sameLife && sameCore && old?.state === now.state) return null;
  const where = `core ${now.core}, PID ${now.pid}`;
  const listed = now.listed && !old?.listed ? ' and is listed for Nginx' : '';
  const moved = old && old.core !== null && !sameCore ? ` (it was on core ${old.core})` : '';
  switch (now.state) {
    case 'waiting':
      return now.core === null
        ? 'waits for a core'
        : `has not started; core ${now.core} is kept for it${moved}`;
    case 'placed':
      return old?.state === 'serving' && sameLife && sameCore
        ? `runs on ${where}, but its socket accepts no connections`
        : `is placed on ${where}${moved}`;
    case 'serving':
      return `serves on ${where}${moved}${listed}`;
    case 'down':
      return `is down; core ${now.core} is kept for it`;
    case 'refused':
      return `is not served, as it is not pinned (PID ${now.pid})`;
    case 'unpinned':
      return `may serve unpinned (PID ${now.pid})`;
  }
}

function problemsOf(file: Reported): string[] {
  return [...file.problems, ...file.replicas.flatMap(({ problem }) => (problem === null ? [] : [problem]))];
}

function short({ container }: PlacedReplica): string {
  return container.slice(0, 12);
}
