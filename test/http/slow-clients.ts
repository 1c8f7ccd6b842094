import { readFile } from 'node:fs/promises';
import { execa } from 'execa';

/** What is slow about them, as slowhttptest plays them. */
const KINDS = {
  /** The header comes in drops. */
  headers: ['-H', '-i', '2'],
  /** So does the body, of as many bytes as Nginx takes at most. */
  body: ['-B', '-s', '1000', '-i', '2'],
  /** The answer is read by the byte, through a window of a few bytes. */
  read: ['-X', '-w', '1', '-y', '16', '-n', '2', '-z', '1', '-k', '3'],
  /** The answer is asked for in hundreds of overlapping ranges: "Apache killer". */
  range: ['-R', '-a', '1', '-b', '500'],
} as const;
export type SlowKind = keyof typeof KINDS;
export const SLOW_KINDS = Object.keys(KINDS) as SlowKind[];

export interface SlowClients {
  /**
   * Lets the program run for a tenth of the time: it waits in a busy loop, and would take a core, which is not what is
   * to be measured. The clients are as slow as before, by a tenth of a second.
   */
  calm(): void;
  stop(): Promise<void>;
}

/** Milliseconds. */
const RUN = 10;
const PERIOD = 100;

/** Lets so many slow clients connect, so many a second, and stay until they are stopped. */
export function startSlowClients(
  kind: SlowKind,
  url: string,
  { clients, perSecond }: { clients: number; perSecond: number },
): SlowClients {
  const count = ['-c', String(clients), '-r', String(perSecond), '-l', '60', '-p', '3'];
  // It gets what nobody else wants of the cores.
  const args = ['--idle', '0', 'slowhttptest', ...KINDS[kind], ...count, '-u', url];
  const program = execa('chrt', args, { reject: false, stdout: 'ignore' });
  let timer: NodeJS.Timeout | undefined;
  return {
    calm() {
      timer ??= setInterval(() => {
        program.kill('SIGCONT');
        setTimeout(() => timer && program.kill('SIGSTOP'), RUN);
      }, PERIOD);
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      program.kill('SIGCONT');
      program.kill('SIGINT');
      const { failed, signal, exitCode, stderr } = await program;
      // By its own count it may have ended before.
      if (failed && signal === undefined && exitCode === undefined)
        throw new Error(`slowhttptest did not run: ${stderr}`);
    },
  };
}

/** How many connections a port has, seen from within the network of a process: proc_net_tcp(5). */
export async function countConnections(pid: number, port: number): Promise<number> {
  const table = await readFile(`/proc/${pid}/net/tcp`, 'utf8');
  const established = new RegExp(`^ *\\d+: [0-9A-F]{8}:${port.toString(16).toUpperCase()} [0-9A-F:]+ 01 `);
  return table.split('\n').filter((line) => established.test(line)).length;
}
