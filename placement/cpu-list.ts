/** The kernel's own ceiling (NR_CPUS on x86 and arm64 tops out at 8192). */
const MAX_CPU = 8191;

export class CpuListError extends Error {
  override readonly name = 'CpuListError';
}

/**
 * Reads a CPU list in the kernel's form: decimal numbers and ascending ranges between commas, such as `0-3,8`
 * (the "List Format" of cpuset(7)).
 * @param name what the list is, for the error: a variable's name or a file's.
 * @returns the numbers, ascending and without repeats.
 * @throws CpuListError naming the rule, the value and the fix.
 */
export function parseCpuList(text: string, name = 'The CPU list'): number[] {
  const numbers = new Set<number>();
  for (const part of text.trim().split(',')) {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part);
    if (!match) throw wrong(name, text, part, 'must be numbers and ranges between commas, without spaces');
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (last < first) throw wrong(name, text, part, 'must have ranges that go upwards');
    if (last > MAX_CPU) throw wrong(name, text, part, `must not hold a number above ${MAX_CPU}`);
    for (let cpu = first; cpu <= last; cpu++) numbers.add(cpu);
  }
  return [...numbers].sort((a, b) => a - b);
}

/** Writes CPU numbers as the kernel does: ascending, neighbours joined into ranges, `0-3,8`. */
export function formatCpuList(cpus: Iterable<number>): string {
  const sorted = [...new Set(cpus)].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let at = 0; at < sorted.length; ) {
    const first = sorted[at] as number;
    let last = first;
    while (sorted[++at] === last + 1) last++;
    parts.push(first === last ? `${first}` : `${first}-${last}`);
  }
  return parts.join(',');
}

function wrong(name: string, text: string, part: string, rule: string): CpuListError {
  const where = part === text ? '' : ` at ${quote(part)}`;
  return new CpuListError(`${name} ${rule}, but is ${quote(text)}${where}: write it like "0-3,8".`);
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
