import { execa } from 'execa';

/** The projects of this run and of every other test run that are still there. */
async function testProjects(): Promise<string[]> {
  const { stdout } = await execa('docker', [
    'compose',
    'ls',
    '--all',
    '--quiet',
    '--filter',
    'name=percore-test-',
  ]);
  return stdout.split('\n').filter(Boolean);
}

/** Takes down what a run that was killed has left behind, and fails a run that leaves something itself. */
export async function setup(): Promise<() => Promise<void>> {
  const before = await testProjects();
  for (const project of before) {
    const owner = Number(project.split('-')[2]);
    if (!isRunning(owner)) await execa('docker', ['compose', '--project-name', project, 'down', '--volumes']);
  }
  return async () => {
    const left = (await testProjects()).filter((project) => !before.includes(project));
    if (left.length > 0) throw new Error(`These test stacks were left running: ${left.join(', ')}`);
  };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
