interface Waiter {
  readonly holds: () => boolean;
  readonly resolve: () => void;
}

/** Those who wait until something holds, without asking again and again: whoever changes something says so. */
export class Waiters {
  readonly #waiters = new Set<Waiter>();

  /** @throws Error when it does not hold in time */
  async until(what: string, holds: () => boolean, seconds = 60): Promise<void> {
    if (holds()) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter = { holds, resolve };
    const timer = setTimeout(
      () => reject(new Error(`It did not come true within ${seconds} s: ${what}`)),
      seconds * 1000,
    );
    this.#waiters.add(waiter);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#waiters.delete(waiter);
    }
  }

  /** Something has changed. */
  look(): void {
    for (const { holds, resolve } of this.#waiters) if (holds()) resolve();
  }
}
