export interface CpuSets {
  /** Where the load runs while a contender is saturated. */
  readonly load: string;
  /** What a contender may use meanwhile. */
  readonly contender: string;
  /** What it may use where the load costs nothing. */
  readonly all: string;
  readonly contenderCount: number;
  readonly loadCount: number;
  /** Whether the load has a CPU of its own. */
  readonly isSeparate: boolean;
}

/**
 * Divides a machine between the load and what is loaded: a quarter of the CPUs for the load, and at least one.
 *
 * @param cpus the CPUs that can be used, in ascending order
 */
export function splitCpus(cpus: readonly number[]): CpuSets {
  const isSeparate = cpus.length > 1;
  const loadCount = Math.max(1, Math.floor(cpus.length / 4));
  const load = cpus.slice(0, loadCount);
  const contender = isSeparate ? cpus.slice(loadCount) : cpus;
  return {
    load: load.join(','),
    contender: contender.join(','),
    all: cpus.join(','),
    contenderCount: contender.length,
    loadCount,
    isSeparate,
  };
}
