import { prepareMachine } from './prepare-machine.ts';
import { runMain } from './run-main.ts';

await runMain(async () => {
  await prepareMachine({ k6: true });
});
