import { tryRun } from '../run-command.ts';

/** Where the running stack's main port is published, as a URL; null when Nginx does not run. */
export async function findAddress(): Promise<string | null> {
  const published = (await tryRun('docker', ['compose', 'port', 'nginx', '8080']))?.trim().split('\n')[0];
  return published ? toUrl(published) : null;
}

/** A published address as one that can be connected to: an address for "all" is no destination. */
export function toUrl(published: string): string | null {
  const match = /^(?:\[(.+)\]|(.+)):(\d+)$/.exec(published);
  if (match === null || match[3] === '0') return null;
  const host = match[1] ?? match[2] ?? '';
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${match[3]}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${match[3]}`;
}
