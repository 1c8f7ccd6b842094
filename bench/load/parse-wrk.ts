export interface LoadResult {
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  readonly failed: number;
}

/**
 * Reads the line that report.lua prints.
 * @throws Error when it is not there
 */
export function parseWrk(output: string): LoadResult {
  const line = /^BENCH(\{.+\})$/m.exec(output)?.[1];
  if (line === undefined) throw new Error(`wrk printed no result:\n${output}`);
  const { requests, seconds, p50, p99, most, failed } = JSON.parse(line) as Record<string, number>;
  return {
    requests: requests ?? Number.NaN,
    perSecond: (requests ?? 0) / (seconds ?? Number.NaN),
    p50: p50 ?? Number.NaN,
    p99: p99 ?? Number.NaN,
    most: most ?? Number.NaN,
    failed: failed ?? Number.NaN,
  };
}
