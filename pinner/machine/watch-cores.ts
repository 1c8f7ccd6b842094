import { formatCpuList } from '../../placement/cpu-list.ts';
import { type Core, readAvailable, readSiblings } from './read-cores.ts';

export interface UsableCores {
  readonly cores: readonly Core[];
  /** A sentence when configured cores are missing now. */
  readonly problem: string | null;
}

/**
 * @param wanted PERCORE_CORES; null for all.
 * @returns a reader of the cores percore may use now: one that was taken offline is left out until it is back.
 */
export function watchCores(wanted: readonly number[] | null, read = readAvailable): () => UsableCores {
  let key = '';
  let cores: readonly Core[] = [];
  return () => {
    const available = read();
    const usable = wanted ? wanted.filter((core) => available.includes(core)) : available;
    // The topology of the same cores is not read again at every pass.
    if (usable.join() !== key) cores = readSiblings(usable);
    key = usable.join();
    const missing = wanted?.filter((core) => !usable.includes(core)) ?? [];
    const problem =
      missing.length === 0
        ? null
        : `PERCORE_CORES has cores that are not available now: ${formatCpuList(missing)}. ` +
          'Bring them online, or take them out of the list.';
    return { cores, problem };
  };
}
