import { connect } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';

const ROOT = join(import.meta.dirname, '../..');

export interface Gate {
  /** Its own container, by its full id. */
  container: string;
  /** Sends these bytes on a connection of their own, and gives what comes back until the gate closes it. */
  say(bytes: string): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts the gate alone, as docker-compose.yml has it, in front of this socket instead of Docker's own. */
export async function startGate(docker: string): Promise<Gate> {
  const project = `percore-test-${process.pid}-${Date.now().toString(36)}`;
  const compose = async (...args: string[]): Promise<string> => {
    const env = { PERCORE_DOCKER_SOCKET: docker };
    return (await execa('docker', ['compose', '--project-name', project, ...args], { cwd: ROOT, env }))
      .stdout;
  };
  const remove = async (): Promise<void> => {
    await compose('down', '--volumes');
  };
  try {
    await compose('up', '--detach', '--wait', 'gate');
    const container = await compose('ps', '--quiet', '--no-trunc', 'gate');
    const { stdout: pid } = await execa('docker', ['inspect', '--format', '{{.State.Pid}}', container]);
    // Its volume is in memory and mounted nowhere on this machine, except where the kernel shows the gate's own root.
    const socket = `/proc/${pid}/root/run/percore/gate/docker.sock`;
    return {
      container,
      say: (bytes) => say(socket, bytes),
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

function say(path: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const connection = connect(path);
    let answer = '';
    connection.on('data', (data) => {
      answer += data.toString('latin1');
    });
    connection.on('error', reject);
    connection.on('close', () => resolve(answer));
    connection.write(bytes, 'latin1');
  });
}
