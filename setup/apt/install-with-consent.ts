import { createInterface } from 'node:readline/promises';
import type { Config } from '../config.ts';
import { showLine, showStep } from '../progress.ts';
import { SetupError } from '../setup-error.ts';
import { type DebianMachine, readDebianMachine } from './debian-machine.ts';
import { installPackages } from './install-packages.ts';
import { describeWish, type PackageWish } from './package-wish.ts';

/** What to say where nothing can be installed from here. */
interface Advice {
  /** What lacks, as a sentence. */
  readonly lacking: string;
  /** What a person can do about it, as a sentence. */
  readonly remedy: string;
}

/**
 * Installs what `wish` makes of this system: after saying so, and after asking where a person can answer.
 * @throws SetupError when it is forbidden or declined, without root, or not on a Debian-like system.
 */
export async function installWithConsent(
  config: Config,
  wishFor: (system: DebianMachine) => PackageWish,
  advice: Advice,
): Promise<void> {
  const system = readDebianMachine();
  if (system === null) throw new SetupError(`${advice.lacking} ${advice.remedy}`);
  const wish = wishFor(system);
  const names = [...wish.packages, ...(wish.ownPackages ?? [])];
  if (!config.mayInstall) {
    throw new SetupError(
      `${advice.lacking} PERCORE_INSTALL=never forbids installing it: install ${names.join(' ')}, or unset PERCORE_INSTALL.`,
    );
  }
  if (!system.isRoot) {
    throw new SetupError(
      `${advice.lacking} Only root can install it: run the same command as root. ${advice.remedy}`,
    );
  }
  showLine(`percore needs ${wish.purpose}. To be installed: ${describeWish(wish, system.prettyName)}.`);
  if (!(await isAgreed())) throw new SetupError(`${advice.lacking} Nothing was installed. ${advice.remedy}`);
  await showStep(`Install ${names.join(', ')}`, (step) => installPackages(system, wish, step));
}

/** Without a terminal nobody can answer, and the command itself is the consent. */
async function isAgreed(): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question('Install? [Y/n] ');
    return /^\s*(y|yes)?\s*$/i.test(answer);
  } finally {
    terminal.close();
  }
}
