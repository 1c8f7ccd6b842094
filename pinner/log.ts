export type Level = 'info' | 'warn' | 'error';

export interface LogLine {
  readonly level: Level;
  readonly text: string;
}

export type Log = (level: Level, text: string) => void;

/** One line for each event: the time in UTC, the level, a sentence. Line breaks from elsewhere are made visible. */
export const log: Log = (level, text) => {
  const line = text.replaceAll(/[\r\n]+/g, ' / ');
  process.stdout.write(`${new Date().toISOString()} ${level.padEnd(5)} ${line}\n`);
};
