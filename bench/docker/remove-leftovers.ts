import { run, tryRun } from '../../setup/run-command.ts';
import { SESSION_LABEL } from '../session.ts';

/** Removes what earlier runs that were killed have left behind. */
export async function removeLeftovers(): Promise<void> {
  const projects = await lines(['compose', 'ls', '--all', '--quiet', '--filter', 'name=percore-bench-']);
  for (const project of projects) {
    if (!isRunning(Number(/^percore-bench-(\d+)/.exec(project)?.[1]))) await takeDown(project);
  }
  const format = `{{.ID}} {{.Label "${SESSION_LABEL}"}}`;
  for (const line of await lines(['ps', '--all', '--filter', `label=${SESSION_LABEL}`, '--format', format])) {
    const [id = '', owner] = line.split(' ');
    if (!isRunning(Number(owner))) await tryRun('docker', ['rm', '--force', '--volumes', id]);
  }
  for (const line of await lines([
    'network',
    'ls',
    '--filter',
    `label=${SESSION_LABEL}`,
    '--format',
    format,
  ])) {
    const [id = '', owner] = line.split(' ');
    if (!isRunning(Number(owner))) await tryRun('docker', ['network', 'rm', id]);
  }
}

/** Removes this run's own containers, projects excepted, and their network. */
export async function removeContainers(): Promise<void> {
  const own = ['--quiet', '--filter', `label=${SESSION_LABEL}=${process.pid}`];
  const ids = await lines(['ps', '--all', ...own]);
  if (ids.length > 0) await tryRun('docker', ['rm', '--force', '--volumes', ...ids]);
  const networks = await lines(['network', 'ls', ...own]);
  if (networks.length > 0) await tryRun('docker', ['network', 'rm', ...networks]);
}

export async function takeDown(project: string): Promise<void> {
  await tryRun('docker', [
    'compose',
    '--project-name',
    project,
    'down',
    '--volumes',
    '--timeout',
    '1',
    '--remove-orphans',
  ]);
}

async function lines(args: readonly string[]): Promise<string[]> {
  return (await run('docker', args)).split('\n').filter(Boolean);
}

function isRunning(pid: number): boolean {
  try {
    return Number.isInteger(pid) && process.kill(pid, 0);
  } catch {
    return false;
  }
}
