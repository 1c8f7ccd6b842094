import { paint, showLine } from '../setup/progress.ts';

const WIDTH = 24;

/** `12:05` */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A bar with the time left, judged by how the time taken so far compares with what was planned. */
export class Progress {
  readonly #planned: number;
  readonly #startedAt = performance.now();
  #done = 0;

  /** @param planned seconds of all that is to come */
  constructor(planned: number) {
    this.#planned = planned;
  }

  begin(title: string): void {
    const share = this.#planned === 0 ? 1 : this.#done / this.#planned;
    const taken = (performance.now() - this.#startedAt) / 1000;
    // What was planned says more than a first few seconds do.
    const pace = this.#done < 10 ? 1 : taken / this.#done;
    const left = clock((this.#planned - this.#done) * pace);
    const filled = Math.round(WIDTH * share);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
    const text = `  ${bar} ${String(Math.floor(100 * share)).padStart(3)} %  ${left} left  ${title}`;
    if (process.stdout.isTTY)
      process.stdout.write(`\r\x1b[2K${text.slice(0, (process.stdout.columns ?? 80) - 1)}`);
    else showLine(text);
  }

  end(seconds: number): void {
    this.#done += seconds;
  }

  finish(text: string): void {
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[2K');
    const taken = clock((performance.now() - this.#startedAt) / 1000);
    showLine(`  ${paint('green', 'ok ')} ${text} ${paint('dim', `${taken} min`)}`);
  }
}
