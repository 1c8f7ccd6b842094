import { ExecaError, execa } from 'execa';
import { ROOT, shell } from './config.ts';
import { SetupError } from './setup-error.ts';

interface Options {
  /** Given the last line the program printed, as it comes. */
  readonly onLine?: (line: string) => void;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Milliseconds; none when left out. */
  readonly timeout?: number;
  readonly input?: string;
}

/** Where daemons and package tools live on Debian; not on the PATH of every shell. */
const SYSTEM_PATH = '/usr/local/sbin:/usr/sbin:/sbin';

/** The environment for other programs: this one's, with the system's own programs on the PATH. */
export function programEnvironment(): Record<string, string> {
  const own = Object.entries(shell()).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const environment = Object.fromEntries(own);
  return { ...environment, PATH: `${environment.PATH ?? '/usr/bin:/bin'}:${SYSTEM_PATH}` };
}

/**
 * Runs a program in the repository's root and gives what it wrote to stdout.
 * @throws SetupError with the end of its output when it fails.
 */
export async function run(file: string, args: readonly string[], options: Options = {}): Promise<string> {
  try {
    const child = execa(file, args, {
      cwd: options.cwd ?? ROOT,
      env: { ...programEnvironment(), ...options.env },
      extendEnv: false,
      all: true,
      ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    });
    if (options.onLine) void reportLines(child.iterable({ from: 'all' }), options.onLine);
    return (await child).stdout;
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    throw new SetupError(describeFailure(file, args, error));
  }
}

/** As `run`, and null instead of an error. */
export async function tryRun(file: string, args: readonly string[], options: Options = {}) {
  try {
    return await run(file, args, options);
  } catch (error) {
    if (error instanceof SetupError) return null;
    throw error;
  }
}

async function reportLines(lines: AsyncIterable<unknown>, onLine: (line: string) => void): Promise<void> {
  try {
    for await (const line of lines) onLine(String(line));
  } catch {
    // The program failed; the caller is told by the program's own promise.
  }
}

function describeFailure(file: string, args: readonly string[], error: ExecaError): string {
  const command = [file, ...args.slice(0, 6)].join(' ');
  if (error.code === 'ENOENT')
    return `${file} is not on the PATH: install it, or add its folder to the PATH.`;
  if (error.timedOut) return `${command} took too long and was ended.`;
  const output = String(error.all ?? '').trimEnd();
  const tail = output.split('\n').slice(-25).join('\n');
  const failed = `${command} failed (${error.signal ?? `exit code ${error.exitCode}`})`;
  if (tail === '') return `${failed}.`;
  return `${failed}:${tail.includes('\n') ? '\n' : ' '}${tail}`;
}
