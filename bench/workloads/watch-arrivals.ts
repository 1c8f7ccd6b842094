import type { Contender } from '../contenders/server.ts';
import { type K6Metrics, runK6 } from '../load/run-k6.ts';

/** A server process that answered for the first time. */
export interface Arrival {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly pid: number;
  readonly replica: string | null;
  readonly core: string | null;
}

export interface Watched {
  /** One for each process: its first answer. */
  readonly arrivals: readonly Arrival[];
  readonly metrics: K6Metrics;
}

interface Watch {
  readonly image: string;
  readonly cpus: string;
  readonly seconds: number;
  /** Called once the load has had its first answer. */
  readonly onUnderWay: () => void;
}

/** GETs of /pid a second. */
const RATE = 200;

/** Steady GETs, and when each process was first heard of. */
export async function watchArrivals(
  contender: Contender,
  { image, cpus, seconds, onUnderWay }: Watch,
): Promise<Watched> {
  const arrivals = new Map<number, Arrival>();
  const metrics = await runK6(contender, {
    image,
    cpus,
    script: 'steady.js',
    variables: { SECONDS: seconds, RATE },
    onLine: (line) => {
      const text = /^MET(\{.+\})$/.exec(line)?.[1];
      if (text === undefined) return;
      const arrival = JSON.parse(text) as Arrival;
      const known = arrivals.get(arrival.pid);
      if (known === undefined || arrival.at < known.at) arrivals.set(arrival.pid, arrival);
      if (arrivals.size === 1 && known === undefined) onUnderWay();
    },
  });
  return { arrivals: [...arrivals.values()], metrics };
}
