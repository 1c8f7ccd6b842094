import type { Mode } from './choose-ports.ts';
import type { Stack } from './start-stack.ts';

/** Where Nginx listens within its container. */
const PORTS = {
  main: 8080,
  round_robin: 8081,
  least_conn: 8082,
  ip_hash: 8083,
  cookie: 8084,
  per_connection: 8085,
} as const satisfies Partial<Record<Mode, number>>;
export type NginxMode = keyof typeof PORTS;

export interface NginxAddress {
  /** Nginx's first process, as the host sees it. */
  readonly pid: number;
  readonly host: string;
  portOf(mode: NginxMode): number;
  urlOf(mode: NginxMode): string;
}

/** Nginx in its own network: past Docker's port proxy, which would else be what is loaded, and what is measured. */
export async function pastPortProxy(stack: Stack): Promise<NginxAddress> {
  const container = (await stack.compose('ps', '--quiet', 'nginx')).trim();
  const format = '{{.State.Pid}} {{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
  const [pid, host = ''] = (await stack.inspect(container, format)).split(' ');
  return {
    pid: Number(pid),
    host,
    portOf: (mode) => PORTS[mode],
    urlOf: (mode) => `http://${host}:${PORTS[mode]}`,
  };
}
