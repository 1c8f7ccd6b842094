import { readFile } from 'node:fs/promises';

/** The cores the kernel lets a process of this machine run on, as a CPU list: proc_pid_status(5). */
export async function kernelCpus(hostPid: number): Promise<string> {
  const status = await readFile(`/proc/${hostPid}/status`, 'utf8');
  const list = /^Cpus_allowed_list:\s*(.+)$/m.exec(status)?.[1];
  if (!list) throw new Error(`/proc/${hostPid}/status has no Cpus_allowed_list`);
  return list;
}
