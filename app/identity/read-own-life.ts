import { readFileSync } from 'node:fs';

/** What the kernel says of this process. */
export type OwnLife = {
  /** Field 22 of `/proc/self/stat`: when this process began, in clock ticks since boot (proc_pid_stat(5)). */
  readonly startTicks: number;
  /** `Cpus_allowed_list` of `/proc/self/status`, such as `3` or `0-7` (proc_pid_status(5)). */
  readonly cpusAllowed: string;
};

/** @throws Error when the files cannot be read or have another form */
export function readOwnLife(proc = '/proc/self'): OwnLife {
  return {
    startTicks: parseStartTicks(readFileSync(`${proc}/stat`, 'utf8')),
    cpusAllowed: parseCpusAllowed(readFileSync(`${proc}/status`, 'utf8')),
  };
}

export function parseStartTicks(stat: string): number {
  // Field 2 is the command in parentheses, which may itself hold spaces and parentheses: fields count from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const startTicks = fields[22 - 3] ?? '';
  if (/^\d{1,15}$/.test(startTicks)) return Number(startTicks);
  throw new Error(`/proc/self/stat has no start time in field 22: ${JSON.stringify(stat.slice(0, 80))}`);
}

export function parseCpusAllowed(status: string): string {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1];
  if (list !== undefined) return list;
  throw new Error('/proc/self/status has no Cpus_allowed_list.');
}
