import { showStep } from '../progress.ts';
import { run } from '../run-command.ts';
import { SetupError } from '../setup-error.ts';

/**
 * Starts the stack with so many replicas. What runs already and is as it should be is left alone.
 * @throws SetupError when Compose fails.
 */
export async function startStack(replicas: number): Promise<void> {
  const noun = replicas === 1 ? 'replica' : 'replicas';
  await showStep(`Start ${replicas} ${noun}, Nginx and the pinner`, async (step) => {
    const args = ['compose', '--progress', 'plain', 'up', '--detach', '--scale', `app=${replicas}`];
    try {
      await run('docker', args, { onLine: step.say });
    } catch (error) {
      if (
        error instanceof SetupError &&
        /address already in use|port is already allocated/.test(error.message)
      ) {
        throw new SetupError(
          'A port is taken: stop what uses it, or set PERCORE_PORT (8080 unless set) or PERCORE_LAB_PORTS (8081-8085, ' +
            `always five in a row) to free ones. ${error.message.split('\n').at(-1)}`,
        );
      }
      const missing = /bind source path does not exist: (\S+)/.exec(
        error instanceof SetupError ? error.message : '',
      )?.[1];
      if (missing !== undefined) {
        throw new SetupError(
          `PERCORE_DOCKER_SOCKET must be where Docker's socket is, but there is no ${missing}: ` +
            '"docker context inspect" says where it is.',
        );
      }
      throw error;
    }
  });
}
