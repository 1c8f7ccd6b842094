import path from 'node:path';
import { ROOT } from '../../setup/config.ts';
import type { Contender } from '../contenders/server.ts';
import { runContainer } from '../docker/run-container.ts';

export interface K6Options {
  readonly image: string;
  readonly cpus: string;
  /** A file of `bench/k6`. */
  readonly script: string;
  readonly variables: Readonly<Record<string, string | number>>;
  /** Given each line as it comes. */
  readonly onLine?: (line: string) => void;
}

/** k6's metrics, each with its values. */
export type K6Metrics = Record<string, Record<string, number> | undefined>;

/** Runs one of the benchmark's k6 scripts from within the contender's own network. */
export async function runK6(contender: Contender, options: K6Options): Promise<K6Metrics> {
  const variables = { BASE_URL: contender.url, ...options.variables };
  const output = await runContainer(
    {
      image: options.image,
      cpus: options.cpus,
      options: [
        ...['--network', `container:${contender.server.network}`],
        ...['--volume', `${path.join(ROOT, 'loadtest')}:/loadtest:ro`],
        ...['--volume', `${path.join(ROOT, 'bench/k6')}:/bench/k6:ro`],
      ],
      command: [
        ...['run', '--quiet', '--no-usage-report', '--log-format', 'raw'],
        ...Object.entries(variables).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
        `/bench/k6/${options.script}`,
      ],
    },
    options.onLine ? { onLine: options.onLine } : {},
  );
  const line = /^BENCH(\{.+\})$/m.exec(output)?.[1];
  if (line === undefined) throw new Error(`k6 printed no result:\n${output}`);
  return JSON.parse(line) as K6Metrics;
}
