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

/** The process that started it: a test's own, which ends when its file has run. */
function isOwnerRunning(project: string): boolean {
  try {
    return process.kill(Number(project.split('-')[2]), 0);
  } catch {
    return false;
  }
}

/** Takes down what a run that was killed has left behind, and fails a run that leaves something itself. */
export async function setup(): Promise<() => Promise<void>> {
  const before = await testProjects();
  for (const project of before) {
    if (isOwnerRunning(project)) continue;
    await execa('docker', ['compose', '--project-name', project, 'down', '--volumes']);
  }
  return async () => {
    const left = (await testProjects()).filter((project) => !isOwnerRunning(project));
    if (left.length > 0) throw new Error(`These test stacks were left running: ${left.join(', ')}`);
  };
}
