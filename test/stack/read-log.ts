import { stripVTControlCharacters } from 'node:util';
import type { Stack } from './start-stack.ts';

/** The fields of nginx/http/log-requests.conf that tests read. */
export interface LogLine {
  readonly client: string;
  readonly peer: string;
  readonly uri: string;
  readonly status: number;
  readonly connection: number;
  readonly connection_requests: number;
}

/** Nginx's access log so far; a line is up to a second late. */
export async function readLog(stack: Stack): Promise<LogLine[]> {
  // Compose clears the terminal's line before each.
  const log = stripVTControlCharacters(await stack.compose('logs', '--no-log-prefix', 'nginx'));
  return log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as LogLine);
}
