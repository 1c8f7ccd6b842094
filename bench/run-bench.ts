// npm run bench -- [--quick] [--only a,b] [--rounds 5] [--output artifacts/bench] [--no-readme]
import { rm } from 'node:fs/promises';
import { readAvailable } from '../pinner/machine/read-cores.ts';
import { prepareMachine } from '../setup/prepare-machine.ts';
import { showLine, showStep } from '../setup/progress.ts';
import { runMain } from '../setup/run-main.ts';
import type { Server } from './contenders/server.ts';
import { startFleets } from './contenders/start-fleets.ts';
import { removeContainers, removeLeftovers } from './docker/remove-leftovers.ts';
import { describeMachine } from './machine/describe-machine.ts';
import { splitCpus } from './machine/split-cpus.ts';
import { planDurations } from './plan-durations.ts';
import { prepareImages } from './prepare-images.ts';
import { type Options, readOptions } from './read-options.ts';
import { checkReadme } from './report/write-readme.ts';
import { writeReports } from './report/write-reports.ts';
import { runJobs } from './run-jobs.ts';
import { stopOnSignals, stopped } from './session.ts';
import { judgeTargets } from './statistics/judge-targets.ts';
import { buildTutorialLoopBundle } from './tutorial-loop/build-bundle.ts';
import { writeNotes } from './write-notes.ts';

await runMain(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options.readme) await checkReadme();
  stopOnSignals(() => {
    process.stdout.write('\n  Stopping, and removing what was started ...\n');
    void removeContainers();
  });
  try {
    await bench(options);
  } catch (error) {
    // What was stopped in the middle of something fails in many ways, and none of them matters.
    if (!stopped.aborted) throw error;
    showLine(`  ${(stopped.reason as Error).message}`);
    process.exitCode = 130;
  }
});

async function bench(options: Options): Promise<void> {
  const startedAt = new Date();
  await prepareMachine({ k6: true });
  const k6Image = await prepareImages();
  await removeLeftovers();
  const cpus = splitCpus(readAvailable());
  const facts = await describeMachine(k6Image);
  const { folder, file } = await buildTutorialLoopBundle();
  const servers: Server[] = [];
  try {
    const fleets = await showStep('Start the contenders', () =>
      startFleets({ only: options.only, cpus, bundle: file }, (server) => servers.push(server)),
    );
    const durations = planDurations(options);
    const samples = await runJobs({ options, durations, cpus, fleets, k6Image });
    await writeReports(
      {
        version: 1,
        command: describeCommand(process.argv.slice(2)),
        startedAt: startedAt.toISOString(),
        seconds: (Date.now() - startedAt.getTime()) / 1000,
        facts,
        notes: writeNotes(cpus, options, samples),
        verdicts: judgeTargets(samples, cpus.all.split(',').length),
        samples,
      },
      options,
    );
  } finally {
    await showStep('Remove the contenders', async () => {
      await removeContainers();
      await Promise.all(servers.map((server) => server.stop()));
      await removeLeftovers();
      await rm(folder, { recursive: true, force: true });
    });
  }
}

function describeCommand(args: readonly string[]): string {
  return ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
}
