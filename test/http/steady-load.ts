import { Agent } from 'node:http';
import { type Answer, get } from './get.ts';

export interface TimedAnswer extends Answer {
  /** When it was asked for, by `performance.now()`. */
  askedAt: number;
  /** Until the end of its answer. */
  milliseconds: number;
}

export interface LoadResult {
  sent: number;
  /** Every answer that was not a 200, and every request without an answer. */
  failures: string[];
  answers: TimedAnswer[];
  /** Milliseconds from the sending of a request to the end of its answer, the longest of all. */
  slowest: number;
}

export interface SteadyLoad {
  /** How many connections are open now, busy and idle. */
  connections(): number;
  /** Sends no more, and waits for the answers to what was sent. */
  stop(): Promise<LoadResult>;
}

/**
 * Sends GETs at an even rate, whether or not earlier ones have been answered (an open model): a server that stalls
 * is seen as failures and late answers, not as fewer requests.
 */
export function startSteadyLoad(
  url: string,
  {
    perSecond,
    paths = ['/', '/pid'],
    keepAlive = true,
  }: { perSecond: number; paths?: string[]; keepAlive?: boolean },
): SteadyLoad {
  const agent = new Agent({ keepAlive });
  const result: LoadResult = { sent: 0, failures: [], answers: [], slowest: 0 };
  const underway = new Set<Promise<void>>();
  const send = (): void => {
    const path = paths[result.sent % paths.length] as string;
    result.sent += 1;
    const askedAt = performance.now();
    const one = get(url + path, { agent })
      .then((answer) => {
        const milliseconds = performance.now() - askedAt;
        result.slowest = Math.max(result.slowest, milliseconds);
        result.answers.push({ ...answer, askedAt, milliseconds });
        if (answer.status !== 200) result.failures.push(`GET ${path}: ${answer.status} ${answer.body}`);
      })
      .catch((error: unknown) => void result.failures.push(`GET ${path}: ${error}`))
      .finally(() => underway.delete(one));
    underway.add(one);
  };
  const begun = performance.now();
  // A timer that is late is made up for.
  const sendWhatIsDue = (): void => {
    const due = ((performance.now() - begun) * perSecond) / 1000;
    while (result.sent < due) send();
  };
  const timer = setInterval(sendWhatIsDue, 1000 / perSecond);
  return {
    connections() {
      return [agent.sockets, agent.freeSockets].flatMap((each) => Object.values(each).flat()).length;
    },
    async stop() {
      clearInterval(timer);
      await Promise.all(underway);
      agent.destroy();
      return result;
    },
  };
}
