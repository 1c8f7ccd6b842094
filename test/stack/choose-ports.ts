import { createServer } from 'node:net';

/** The ports of one stack, as variables of docker-compose.yml. */
export interface PortVariables {
  PERCORE_PORT: string;
  PERCORE_LAB_PORTS: string;
  PERCORE_BASELINE_PORT: string;
}

/** Those whose requests Nginx reads, and so can send on again. */
export const HTTP_MODES = ['main', 'round_robin', 'least_conn', 'ip_hash', 'cookie'] as const;
/** Those that Nginx serves. */
export const NGINX_MODES = [...HTTP_MODES, 'per_connection'] as const;
/** In the order of their ports. */
const MODES = [...NGINX_MODES, 'cluster'] as const;
export type Mode = (typeof MODES)[number];

/** From here on nothing is usually listened on, and from 32768 on the kernel gives them to outgoing connections. */
const FIRST = 20_000;
const RANGES = Math.floor((32_768 - FIRST) / MODES.length);
const ATTEMPTS = 5;

/** A mode's address on the host. `cluster` is there when the stack runs with the profile `baseline`. */
export function urlOf({ PERCORE_PORT }: PortVariables, mode: Mode): string {
  return `http://127.0.0.1:${Number(PERCORE_PORT) + MODES.indexOf(mode)}`;
}

/**
 * Starts something on ports that are free, and on others when somebody takes one of them in between.
 * @throws what `start` throws for another reason
 */
export async function startOnFreePorts<T>(start: (ports: PortVariables) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await findFreePorts());
    } catch (error) {
      const taken = /port is already allocated|address already in use/.test(String(error));
      if (!taken || attempt === ATTEMPTS) throw error;
    }
  }
}

/** As many in a row as a stack has, beginning somewhere else at each call. */
export async function findFreePorts(): Promise<PortVariables> {
  const offset = Math.floor(Math.random() * RANGES);
  for (let range = 0; range < RANGES; range += 1) {
    const first = FIRST + ((offset + range) % RANGES) * MODES.length;
    const free = await Promise.all(MODES.map((_, index) => isFree(first + index)));
    if (!free.every(Boolean)) continue;
    return {
      PERCORE_PORT: String(first),
      PERCORE_LAB_PORTS: `${first + 1}-${first + 5}`,
      PERCORE_BASELINE_PORT: String(first + 6),
    };
  }
  throw new Error(`There are no ${MODES.length} free ports in a row between ${FIRST} and 32768.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)));
  });
}
