import { NetworkWatch } from './watch-network.ts';

const ATTEMPTS = 5;

/**
 * Takes a measurement while the machine's network stays as it is. One that failed while an interface came or went is
 * void, and taken again: Chromium has then dropped its connections, which says nothing of any server.
 * @throws what the measurement threw, on a network that stayed as it was
 */
export async function onQuietNetwork(measure: () => Promise<void>): Promise<void> {
  using network = new NetworkWatch();
  for (let attempt = 1; ; attempt += 1) {
    await network.untilQuiet();
    const started = performance.now();
    try {
      return await measure();
    } catch (error) {
      if (attempt === ATTEMPTS || !network.hasChangedWithin(performance.now() - started)) throw error;
    }
  }
}
