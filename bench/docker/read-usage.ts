import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { run } from '../../setup/run-command.ts';

/** Where the kernel keeps the account of a container: cgroups(7). */
export interface Account {
  readonly container: string;
  /** File of the CPU time used, and what to divide by to get seconds. */
  readonly cpuFile: string;
  readonly procsFile: string;
}

/** Finds the accounts of running containers, on this machine. */
export async function openAccounts(containers: readonly string[]): Promise<Account[]> {
  const format = '{{.Id}} {{.State.Pid}}';
  const output = await run('docker', ['inspect', '--format', format, ...containers]);
  return await Promise.all(
    output
      .trim()
      .split('\n')
      .map(async (line) => {
        const [container = '', pid = ''] = line.split(' ');
        return { container, ...locate(await readFile(`/proc/${pid}/cgroup`, 'utf8')) };
      }),
  );
}

/** @param text of /proc/<pid>/cgroup: a line `0::<path>` (version 2), or one for each controller (version 1) */
function locate(text: string): Omit<Account, 'container'> {
  const first = /^\d+:(?:[^:]*,)?cpuacct(?:,[^:]*)?:(.+)$/m.exec(text)?.[1];
  if (first !== undefined) {
    const folder = ['/sys/fs/cgroup/cpuacct', '/sys/fs/cgroup/cpu,cpuacct'].find((each) => existsSync(each));
    return { cpuFile: `${folder}${first}/cpuacct.usage`, procsFile: `${folder}${first}/cgroup.procs` };
  }
  const folder = `/sys/fs/cgroup${/^0::(.+)$/m.exec(text)?.[1] ?? ''}`;
  return { cpuFile: `${folder}/cpu.stat`, procsFile: `${folder}/cgroup.procs` };
}

/** The CPU time that containers have used since they were made, in seconds, programs that have ended included. */
export async function readCpuSeconds(accounts: readonly Account[]): Promise<number> {
  const each = await Promise.all(
    accounts.map(async ({ cpuFile }) => {
      const text = await readFile(cpuFile, 'utf8');
      const microseconds = /^usage_usec (\d+)$/m.exec(text)?.[1];
      return microseconds === undefined ? Number(text) / 1e9 : Number(microseconds) / 1e6;
    }),
  );
  return each.reduce((sum, seconds) => sum + seconds, 0);
}

/** Resident memory of each process of a container, in bytes. */
export async function readResidentBytes({ procsFile }: Account): Promise<number[]> {
  const pids = (await readFile(procsFile, 'utf8')).split('\n').filter(Boolean);
  const texts = await Promise.all(
    // A health check may have ended in between.
    pids.map((pid) => readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')),
  );
  return texts.flatMap((text) => {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1];
    return kilobytes === undefined ? [] : [Number(kilobytes) * 1024];
  });
}
