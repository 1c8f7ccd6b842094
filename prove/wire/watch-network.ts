import { networkInterfaces } from 'node:os';
import { Waiters } from './waiters.ts';

const LOOK_EVERY_MS = 100;
/** Chromium waits for 2 s before it takes a change of addresses up. */
const QUIET_MS = 3000;

/**
 * Watches the machine's network interfaces. When one comes or goes, as with every container that starts, Chromium drops
 * its connections two seconds later, those to this very machine too. What was measured meanwhile is about that.
 */
export class NetworkWatch {
  readonly #waiters = new Waiters();
  readonly #timer: NodeJS.Timeout;
  #seen = JSON.stringify(networkInterfaces());
  #changedAt = performance.now();

  constructor() {
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  /** Waits until the last change is so long ago that no browser will act on it any more. */
  untilQuiet(): Promise<void> {
    return this.#waiters.until('the network interfaces stay as they are', () => this.#quietFor() > QUIET_MS);
  }

  /** Tells whether something has changed in these milliseconds. */
  hasChangedWithin(milliseconds: number): boolean {
    this.#look();
    return this.#quietFor() < milliseconds;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #quietFor(): number {
    return performance.now() - this.#changedAt;
  }

  #look(): void {
    const now = JSON.stringify(networkInterfaces());
    if (now !== this.#seen) this.#changedAt = performance.now();
    this.#seen = now;
    this.#waiters.look();
  }
}
