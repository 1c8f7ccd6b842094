import os from 'node:os';
import { run, tryRun } from '../../setup/run-command.ts';
import { BASELINE_IMAGE, PM2_IMAGE } from '../contenders/start-tutorial.ts';
import { WRK_IMAGE } from '../load/run-wrk.ts';

export type Facts = Readonly<Record<string, string>>;

/** What the numbers were measured on and with. */
export async function describeMachine(k6Image: string): Promise<Facts> {
  const inside = (image: string, program: string, ...args: string[]) =>
    tryRun('sh', [
      '-c',
      // wrk's own --version ends with 1.
      `docker run --rm --network none --entrypoint "$0" "$@" 2>&1 || true`,
      program,
      image,
      ...args,
    ]);
  const [node, nginx, k6, wrk, pm2, docker] = await Promise.all([
    inside(BASELINE_IMAGE, '/usr/local/bin/node', '--version'),
    inside('percore-nginx:0.1.0', 'nginx', '-v'),
    inside(k6Image, 'k6', 'version'),
    inside(WRK_IMAGE, '/usr/bin/wrk', '--version'),
    inside(PM2_IMAGE, 'node', '-p', 'require("/pm2/node_modules/pm2/package.json").version'),
    run('docker', ['version', '--format', '{{.Server.Version}}']),
  ]);
  const [cpu] = os.cpus();
  return {
    machine: `${os.cpus().length} x ${cpu?.model ?? 'unknown CPU'}, ${Math.round(os.totalmem() / 1e9)} GB`,
    kernel: `${os.type()} ${os.release()} ${os.arch()}`,
    docker: docker.trim(),
    node: firstOf(node, /v[\d.]+/),
    nginx: firstOf(nginx, /[\d.]+\d/),
    pm2: firstOf(pm2, /[\d.]+\d/),
    k6: firstOf(k6, /v[\d.]+\d/),
    wrk: firstOf(wrk, /\d[\d.]*\d/),
  };
}

function firstOf(text: string | null, pattern: RegExp): string {
  return pattern.exec(text ?? '')?.[0] ?? 'unknown';
}
