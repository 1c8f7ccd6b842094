import type { Answer } from './get.ts';

/** The number of the replica that signed an answer. */
export function replicaOf({ headers }: Answer): string {
  return String(headers['x-replica']);
}

/** Asks so many times, one after another, and gives how often each replica answered. */
export async function countReplicas(
  times: number,
  ask: () => Promise<Answer>,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let time = 0; time < times; time += 1) {
    const replica = replicaOf(await ask());
    counts[replica] = (counts[replica] ?? 0) + 1;
  }
  return counts;
}
