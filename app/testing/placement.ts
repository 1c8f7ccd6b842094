import { renameSync, writeFileSync } from 'node:fs';
import type { PlacedReplica, PlacementFile } from '../../placement/placement-file.ts';

export const CONTAINER = '0123456789ab'.padEnd(64, 'c');
export const HOSTNAME = CONTAINER.slice(0, 12);

/** A placement file with this replica, and another before it. */
export function placementWith(entry: Partial<PlacedReplica> = {}): PlacementFile {
  const mine: PlacedReplica = {
    replica: 2,
    container: CONTAINER,
    core: 1,
    pid: 4712,
    startTicks: 1000,
    startedAt: null,
    socket: `/run/percore/sockets/${HOSTNAME}.sock`,
    state: 'placed',
    listed: false,
    problem: null,
    ...entry,
  };
  const other = { ...mine, replica: 1, container: 'f'.repeat(64), core: 0, pid: 4711, startTicks: 999 };
  return {
    version: 1,
    project: 'percore',
    service: 'app',
    writtenAt: '2026-11-21T09:30:00.000Z',
    cores: [],
    oversubscribed: false,
    problems: [],
    replicas: [other, mine],
  };
}

/** As the pinner writes it: in place of the old one, in one step. */
export function replaceFile(file: string, content: unknown): void {
  writeFileSync(`${file}.new`, typeof content === 'string' ? content : JSON.stringify(content));
  renameSync(`${file}.new`, file);
}

/** A directory's `stat` and `status`, as `/proc/self` has them. */
export function writeProc(proc: string, startTicks: number, cpusAllowed: string): void {
  const fields = Array.from({ length: 49 }, (_, i) => (i === 18 ? startTicks : i + 100));
  writeFileSync(`${proc}/stat`, `1 (node (a) b) S ${fields.join(' ')}\n`);
  writeFileSync(
    `${proc}/status`,
    `Name:\tnode\nCpus_allowed:\t3\nCpus_allowed_list:\t${cpusAllowed}\nSeccomp:\t2\n`,
  );
}
