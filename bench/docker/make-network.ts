import { run } from '../../setup/run-command.ts';
import { SESSION, SESSION_LABEL } from '../session.ts';

let made: Promise<string> | undefined;

/**
 * A network like the one that Compose makes for a stack, for those that Compose does not start. In such a network Docker
 * has a DNS server, reached by address translation, and so the kernel follows every connection: 2 to 3 µs a request,
 * which a container on the default network would be spared. @returns its name
 */
export function makeNetwork(): Promise<string> {
  made ??= run('docker', ['network', 'create', '--label', `${SESSION_LABEL}=${process.pid}`, SESSION]).then(
    () => SESSION,
  );
  return made;
}
