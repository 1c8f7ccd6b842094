import { setTimeout as delay } from 'node:timers/promises';

/** Asks again every 50 ms what no event tells (the state of another machine's process), and says what it waited for. */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  { seconds = 60 }: { seconds?: number } = {},
): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  let lastError: unknown;
  while (performance.now() < deadline) {
    try {
      if (await holds()) return;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    await delay(50);
  }
  throw new Error(`It did not come true within ${seconds} s: ${what}`, { cause: lastError });
}
