import { readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { Waiters } from './waiters.ts';

const LOOK_EVERY_MS = 100;
/** Chromium waits for 2 s before it takes a change of addresses up. */
const QUIET_MS = 3000;
/** Somebody else's containers may come and go for a while. */
const PATIENCE_SECONDS = 300;

/**
 * Watches the machine's network interfaces. When one comes or goes, as with every container that starts, Chromium drops
 * its connections two seconds later, those to this very machine too. What was measured meanwhile is about that.
 */
export class NetworkWatch {
  readonly #waiters = new Waiters();
  readonly #timer: NodeJS.Timeout;
  #seen = describeNetwork();
  #changedAt = performance.now();

  constructor() {
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  /** Waits until the last change is so long ago that no browser will act on it any more. */
  untilQuiet(): Promise<void> {
    const isQuiet = () => this.#quietFor() > QUIET_MS;
    return this.#waiters.until('the network interfaces stay as they are', isQuiet, PATIENCE_SECONDS);
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
    const now = describeNetwork();
    if (now !== this.#seen) this.#changedAt = performance.now();
    this.#seen = now;
    this.#waiters.look();
  }
}

const LINKS = '/sys/class/net';

/**
 * Addresses, links and whether they are up. An IPv6 address is there at once and only a second or two later in use,
 * which its flags in if_inet6 tell.
 */
function describeNetwork(): string {
  const links = readOr([], () => readdirSync(LINKS));
  const states = links.map((link) => [
    link,
    readOr('', () => readFileSync(join(LINKS, link, 'operstate'), 'utf8')),
  ]);
  const ipv6 = readOr('', () => readFileSync('/proc/net/if_inet6', 'utf8'));
  return JSON.stringify([networkInterfaces(), states, ipv6]);
}

/** A link may go between being listed and being read; a machine may have no IPv6. */
function readOr<T>(instead: T, read: () => T): T {
  try {
    return read();
  } catch {
    return instead;
  }
}
