import { execa } from 'execa';

/** Neither the user's own settings nor a proxy come in between; an answer that is an error is one. */
const OPTIONS = ['--disable', '--noproxy', '*', '--silent', '--show-error', '--fail', '--write-out', '\\n'];

/** Runs curl once, and gives a line for each answer. */
export async function curl(...args: string[]): Promise<string[]> {
  const { stdout } = await execa('curl', [...OPTIONS, ...args]);
  return stdout.split('\n').filter(Boolean);
}
