import { readFile } from 'node:fs/promises';

/** The CPU time a process has used, in clock ticks: fields 14 and 15 of proc_pid_stat(5). */
export async function cpuTicks(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
