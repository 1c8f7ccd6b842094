import { styleText } from 'node:util';

/** A step while it runs. */
export interface Step {
  /** What it is doing just now; shown on a terminal only. */
  say(detail: string): void;
  /** Replaces the title in the line that stays. */
  result(text: string): void;
}

/** When a step has not ended by then, its beginning gets a line of its own where nothing can be rewritten. */
const QUIET_MILLISECONDS = 1_500;

/** Runs one step and shows it: a line that lives on a terminal, plain lines elsewhere. */
export async function showStep<T>(title: string, work: (step: Step) => Promise<T>): Promise<T> {
  const begun = performance.now();
  const live = process.stdout.isTTY === true;
  let final = title;
  const draw = (detail: string) => {
    if (live) process.stdout.write(`\r\x1b[2K${cut(`  ... ${title}${detail && `: ${detail}`}`)}`);
  };
  draw('');
  const announce = live ? undefined : setTimeout(() => showLine(`  ... ${title}`), QUIET_MILLISECONDS);
  const end = (mark: string) => {
    clearTimeout(announce);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    process.stdout.write(`${live ? '\r\x1b[2K' : ''}  ${mark} ${final} ${paint('dim', `${seconds} s`)}\n`);
  };
  try {
    const value = await work({ say: (detail) => draw(detail.trim()), result: (text) => (final = text) });
    end(paint('green', 'ok '));
    return value;
  } catch (error) {
    final = title;
    end(paint('red', 'no '));
    throw error;
  }
}

/** A line as a step leaves it, for what took no time. */
export function showDone(text: string): void {
  showLine(`  ${paint('green', 'ok ')} ${text}`);
}

export function showLine(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Colours only on a terminal, and where NO_COLOR does not forbid them. */
export function paint(style: 'dim' | 'green' | 'red' | 'yellow' | 'bold', text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

function cut(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, ' ').slice(0, (process.stdout.columns ?? 80) - 1);
}
