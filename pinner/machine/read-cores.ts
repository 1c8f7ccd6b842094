import { readFileSync } from 'node:fs';
import { parseCpuList } from '../../placement/cpu-list.ts';
import { parseAllowed } from './read-process.ts';

export interface Core {
  readonly core: number;
  /** The hardware threads of the same physical core, itself included, ascending. */
  readonly siblings: readonly number[];
}

export interface MachineRoots {
  readonly proc: string;
  readonly sys: string;
}

const ROOTS: MachineRoots = { proc: '/proc', sys: '/sys' };

/**
 * The cores a container can get: those this process may use (the pinner has no cpuset of its own) and that are
 * online now.
 * @throws when /proc or /sys cannot be read.
 */
export function readAvailable(roots = ROOTS): number[] {
  const own = parseCpuList(
    parseAllowed(readFileSync(`${roots.proc}/self/status`, 'utf8')),
    'Cpus_allowed_list',
  );
  const onlineFile = `${roots.sys}/devices/system/cpu/online`;
  const online = new Set(parseCpuList(readFileSync(onlineFile, 'utf8'), onlineFile));
  return own.filter((cpu) => online.has(cpu));
}

/** Adds to each core its siblings; a machine that tells none (some virtual ones) has one thread per core. */
export function readSiblings(cores: readonly number[], roots = ROOTS): Core[] {
  return cores.map((core) => {
    const file = `${roots.sys}/devices/system/cpu/cpu${core}/topology/thread_siblings_list`;
    try {
      const siblings = parseCpuList(readFileSync(file, 'utf8'), file);
      return { core, siblings: siblings.includes(core) ? siblings : [core] };
    } catch {
      return { core, siblings: [core] };
    }
  });
}
