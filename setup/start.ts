import { prepareMachine } from './prepare-machine.ts';
import { paint, showLine } from './progress.ts';
import { runMain } from './run-main.ts';
import { countReplicas } from './stack/count-replicas.ts';
import { describePlacement, suggestCommands } from './stack/describe-placement.ts';
import { startStack } from './stack/start-stack.ts';
import { waitUntilServing } from './stack/wait-until-serving.ts';

await runMain(async () => {
  const { config, engine } = await prepareMachine({ k6: false });
  const replicas = countReplicas(config, engine.cpus);
  await startStack(replicas);
  const { url, placement } = await waitUntilServing(replicas);

  const [heading = '', ...rows] = describePlacement(placement).split('\n');
  showLine(`\n${paint('bold', heading)}\n${rows.join('\n')}\n`);
  for (const problem of placement.problems) showLine(paint('yellow', `Note: ${problem}`));
  showLine(`Serving on ${paint('bold', url)}. Try:`);
  for (const [command, why] of suggestCommands(url, replicas)) {
    showLine(`  ${command}  ${paint('dim', `# ${why}`)}`);
  }
});
