import { SetupError } from './setup-error.ts';

/** Runs a program of `npm run`: a foreseen failure is its message and exit code 1, anything else keeps its trace. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`percore: ${error.message}\n`);
    process.exitCode = 1;
  }
}
