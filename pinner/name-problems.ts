import { formatCpuList } from '../placement/cpu-list.ts';
import type { Core } from './machine/read-cores.ts';

/** The loud sentence about more replicas than cores; null when there are enough. */
export function nameOversubscription(seats: number, cores: readonly Core[]): string | null {
  if (seats <= cores.length || cores.length === 0) return null;
  const list = formatCpuList(cores.map(({ core }) => core));
  return (
    `${seats} replicas share ${cores.length} core${cores.length === 1 ? '' : 's'}: more replicas than cores (${list}) ` +
    `make each of them slower. Scale to ${cores.length} at most.`
  );
}
