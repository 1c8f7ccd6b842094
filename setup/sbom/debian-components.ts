import { run } from '../run-command.ts';
import type { Component } from './component.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are dpkg-query's own
const FORMAT = '${binary:Package} ${Version} ${Architecture}\\n';

/** The Debian packages that are installed in an image. */
export async function describeDebianPackages(image: string): Promise<Component[]> {
  const listed = await runIn(image, 'dpkg-query', '--show', `--showformat=${FORMAT}`);
  return listed.trim().split('\n').map(describeLine);
}

/**
 * The Debian packages that shared libraries were copied from.
 * @param image where the packages are installed
 * @param libraries file names, such as `libc.so.6`
 */
export async function describeLibraries(image: string, libraries: readonly string[]): Promise<Component[]> {
  if (libraries.length === 0) return [];
  // By name alone: a package may say /lib of what is in /usr/lib.
  const owners = await runIn(image, 'dpkg-query', '--search', ...libraries.map((name) => `*/${name}`));
  const packages = owners
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('diversion by '))
    .flatMap((line) => line.slice(0, line.lastIndexOf(': ')).split(', '));
  const listed = await runIn(image, 'dpkg-query', '--show', `--showformat=${FORMAT}`, ...packages);
  return listed.trim().split('\n').map(describeLine);
}

function describeLine(line: string): Component {
  const [qualified = '', version = '', architecture = ''] = line.split(' ');
  const name = qualified.replace(/:.*/, '');
  const purl = `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${architecture}`;
  return { type: 'library', name, version, purl };
}

async function runIn(image: string, program: string, ...args: string[]): Promise<string> {
  return await run('docker', ['run', '--rm', '--network', 'none', '--entrypoint', program, image, ...args]);
}
