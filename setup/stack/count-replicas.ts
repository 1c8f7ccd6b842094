import { CpuListError, parseCpuList } from '../../placement/cpu-list.ts';
import type { Config } from '../config.ts';
import { SetupError } from '../setup-error.ts';

/**
 * PERCORE_REPLICAS, or else one for each core that percore may use.
 * @param cpus the CPUs of the engine's machine.
 * @throws SetupError when PERCORE_CORES is no CPU list.
 */
export function countReplicas(config: Pick<Config, 'replicas' | 'cores'>, cpus: number): number {
  if (config.replicas !== null) return config.replicas;
  if (config.cores === '') return cpus;
  try {
    return Math.min(parseCpuList(config.cores, 'PERCORE_CORES').length, cpus);
  } catch (error) {
    if (error instanceof CpuListError) throw new SetupError(error.message);
    throw error;
  }
}
