import { readFile } from 'node:fs/promises';
import { parseCpuList } from '../../placement/cpu-list.ts';

/** proc_stat(5) counts in hundredths of a second on every Linux that Docker runs on. */
const TICKS_PER_SECOND = 100;

/**
 * The time that CPUs were not idle since boot, in seconds, the time that a hypervisor took away included.
 *
 * @param text of /proc/stat
 * @param cpus a CPU list such as `0-2,5`
 */
export function busySeconds(text: string, cpus: string): number {
  let ticks = 0;
  for (const cpu of parseCpuList(cpus, 'the CPUs under test')) {
    const fields = new RegExp(`^cpu${cpu} (.+)$`, 'm').exec(text)?.[1]?.split(' ').map(Number);
    if (!fields) throw new Error(`/proc/stat has no line for CPU ${cpu}`);
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = fields;
    ticks += user + nice + system + irq + softirq + steal;
  }
  return ticks / TICKS_PER_SECOND;
}

export async function readBusySeconds(cpus: string): Promise<number> {
  return busySeconds(await readFile('/proc/stat', 'utf8'), cpus);
}
