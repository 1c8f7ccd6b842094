import type { Contender } from '../contenders/server.ts';
import { runContainer } from '../docker/run-container.ts';
import { type LoadResult, parseWrk } from './parse-wrk.ts';

export const WRK_IMAGE = 'percore-bench-wrk';

export interface WrkOptions {
  readonly cpus: string;
  readonly threads: number;
  readonly connections: number;
  readonly seconds: number;
  readonly path: string;
  /**
   * Whether the time counts until the last answer, and not until the end. For requests that take long: a server that
   * works on several of them in turn ends with as many half done, one that takes them one after the other with one.
   */
  readonly untilLast?: boolean;
}

/** A closed loop of GETs over kept connections, from within the contender's own network. */
export async function runWrk(contender: Contender, options: WrkOptions): Promise<LoadResult> {
  const { cpus, threads, connections, seconds } = options;
  const output = await runContainer({
    image: WRK_IMAGE,
    cpus,
    options: [
      '--network',
      `container:${contender.server.network}`,
      '--volume',
      `${import.meta.dirname}:/load:ro`,
    ],
    command: [
      ...['--threads', String(Math.min(threads, connections)), '--connections', String(connections)],
      ...['--duration', `${seconds}s`, '--timeout', '60s', '--script', '/load/report.lua'],
      `${contender.url}${options.path}`,
      ...(contender.spreadsAddresses ? ['SPREAD'] : []),
      ...(options.untilLast ? ['LAST'] : []),
    ],
  });
  return parseWrk(output);
}
