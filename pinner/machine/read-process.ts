import { readFileSync } from 'node:fs';

export interface ProcessFacts {
  /** Clock ticks since boot at which it began. */
  readonly startTicks: number;
  /** `Cpus_allowed_list`: the CPUs the kernel lets it run on. */
  readonly allowed: string;
}

/**
 * Reads what the kernel says of one process. Its beginning is read before and after, so that both facts belong to
 * the same life. Files under /proc are made in memory and never wait for a disk, hence the synchronous reads.
 * @returns null when there is no such process, or it ended meanwhile.
 * @throws when /proc cannot be read or has an unknown form.
 */
export function readProcess(pid: number, proc = '/proc'): ProcessFacts | null {
  try {
    const before = parseStartTicks(readFileSync(`${proc}/${pid}/stat`, 'utf8'));
    const allowed = parseAllowed(readFileSync(`${proc}/${pid}/status`, 'utf8'));
    const after = parseStartTicks(readFileSync(`${proc}/${pid}/stat`, 'utf8'));
    return before === after ? { startTicks: before, allowed } : null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}

/**
 * Field 22 of /proc/<pid>/stat, proc_pid_stat(5). The second field is the command in parentheses and may itself hold
 * spaces and parentheses, so the fields are counted from the last one on.
 */
export function parseStartTicks(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields[22 - 3];
  if (ticks === undefined || !/^\d{1,15}$/.test(ticks)) {
    throw new Error(
      `/proc/<pid>/stat must have a number in field 22, but is ${JSON.stringify(stat.slice(0, 80))}`,
    );
  }
  return Number(ticks);
}

/** `Cpus_allowed_list` of /proc/<pid>/status, proc_pid_status(5). */
export function parseAllowed(status: string): string {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1];
  if (list === undefined)
    throw new Error('/proc/<pid>/status must have a line Cpus_allowed_list, and has none');
  return list;
}
