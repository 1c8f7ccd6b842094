import { readdir, readFile } from 'node:fs/promises';
import type { Stack } from './start-stack.ts';

export interface Usage {
  /** Megabytes of memory in use. */
  readonly megabytes: number;
  /** Open file descriptors. */
  readonly descriptors: number;
}

/** The first process of every container of a stack, as the host sees it, by a name for it. */
export async function findContainers(stack: Stack): Promise<Map<string, number>> {
  const ids = (await stack.compose('ps', '--quiet')).trim().split('\n');
  const format =
    '{{index .Config.Labels "com.docker.compose.service"}}-{{index .Config.Labels "com.docker.compose.container-number"}} {{.State.Pid}}';
  const lines = await Promise.all(ids.map((id) => stack.inspect(id, format)));
  return new Map(lines.toSorted().map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])]));
}

/**
 * What the processes of each container use now, health checks left out, which come and go.
 * @throws Error when the first process of one has ended
 */
export async function sampleUsage(containers: ReadonlyMap<string, number>): Promise<Map<string, Usage>> {
  const usages = new Map<string, Usage>();
  for (const [container, first] of containers) {
    const [own, ...others] = await Promise.all((await withDescendants(first)).map(usageOf));
    if (!own) throw new Error(`${container} is no longer the process ${first}.`);
    const all = [own, ...others.filter((each) => each !== null)];
    usages.set(container, {
      megabytes: all.reduce((sum, { megabytes }) => sum + megabytes, 0),
      descriptors: all.reduce((sum, { descriptors }) => sum + descriptors, 0),
    });
  }
  return usages;
}

/** Null when it has ended: Nginx's script starts helpers, and a reload ends workers. */
async function usageOf(pid: number): Promise<Usage | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const kilobytes = Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0);
    return { megabytes: kilobytes / 1024, descriptors: (await readdir(`/proc/${pid}/fd`)).length };
  } catch {
    return null;
  }
}

async function withDescendants(pid: number): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const pids = children.split(' ').filter(Boolean).map(Number);
  return [pid, ...(await Promise.all(pids.map(withDescendants))).flat()];
}
