import { execa } from 'execa';
import { ROOT } from '../config.ts';
import { programEnvironment } from '../run-command.ts';
import { SetupError } from '../setup-error.ts';

/**
 * Asks npm's registry for known vulnerabilities of the packages in the lock file.
 * @returns what it said, in a line; also that it does not answer such questions, as mirrors may not
 * @throws SetupError with npm's report when there are any
 */
export async function checkNpmPackages(): Promise<string> {
  const options = { cwd: ROOT, env: programEnvironment(), extendEnv: false, reject: false } as const;
  const { stdout, exitCode } = await execa('npm', ['audit', '--json'], options);
  const report = readReport(stdout);
  const total = report.metadata?.vulnerabilities?.total;
  if (total === undefined) {
    return `npm audit: not answered by this machine's registry (${report.message ?? `exit code ${exitCode}`})`;
  }
  if (total === 0) return 'npm audit: no known vulnerability';
  const { all = '' } = await execa('npm', ['audit'], { ...options, all: true });
  throw new SetupError(`npm audit finds ${total} known vulnerabilities:\n${all}`);
}

interface Report {
  readonly message?: string;
  readonly metadata?: { readonly vulnerabilities?: { readonly total?: number } };
}

function readReport(text: string): Report {
  try {
    return JSON.parse(text) as Report;
  } catch {
    return {};
  }
}
