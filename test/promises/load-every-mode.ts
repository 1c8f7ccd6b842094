import { startSteadyLoad } from '../http/steady-load.ts';
import { HTTP_MODES } from '../stack/choose-ports.ts';
import type { Stack } from '../stack/start-stack.ts';

export interface ModesLoad {
  stop(): Promise<{ sent: number; failures: string[]; seconds: number; slowest: number }>;
}

/** GETs at a steady rate on the port of every HTTP mode at the same time. */
export function loadEveryMode(stack: Stack, perSecond: number): ModesLoad {
  const begun = performance.now();
  const loads = HTTP_MODES.map((mode) => ({ mode, load: startSteadyLoad(stack.urlOf(mode), { perSecond }) }));
  return {
    async stop() {
      const seconds = (performance.now() - begun) / 1000;
      const total = { sent: 0, failures: [] as string[], seconds, slowest: 0 };
      for (const { mode, load } of loads) {
        const { sent, failures, slowest } = await load.stop();
        total.sent += sent;
        total.failures.push(...failures.map((failure) => `${mode}: ${failure}`));
        total.slowest = Math.max(total.slowest, slowest);
      }
      return total;
    },
  };
}
