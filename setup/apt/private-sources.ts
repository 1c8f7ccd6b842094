import type { Mirror } from './pick-mirror.ts';

/** One release of Debian on a mirror, as deb822 source stanzas: itself, its updates and its security updates. */
export function describeRelease(mirror: Mirror, keyring: string, codename: string): string {
  const stanza = (uri: string, suites: string) =>
    `Types: deb\nURIs: ${uri}\nSuites: ${suites}\nComponents: main\nSigned-By: ${keyring}\n`;
  const stanzas = [stanza(mirror.uri, mirror.hasUpdates ? `${codename} ${codename}-updates` : codename)];
  if (mirror.securityUri !== null) stanzas.push(stanza(mirror.securityUri, `${codename}-security`));
  return stanzas.join('\n');
}

/** Below 100, so that nothing comes from the release unless it is asked for or needed by what is asked for. */
export function describePin(codename: string): string {
  return `Package: *\nPin: release n=${codename}*\nPin-Priority: 50\n`;
}

/** An apt.conf(5) that puts the private sources in the place of the machine's; everything else stays the machine's. */
export function describeAptConfig(folder: string): string {
  return [
    'Dir::Etc::sourcelist "/dev/null";',
    `Dir::Etc::sourceparts "${folder}/sources";`,
    `Dir::Etc::preferencesparts "${folder}/preferences";`,
    `Dir::State::lists "${folder}/lists";`,
    '',
  ].join('\n');
}
