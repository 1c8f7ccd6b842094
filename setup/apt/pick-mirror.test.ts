import { expect, test } from 'vitest';
import { parseSources } from './parse-sources.ts';
import { pickMirror } from './pick-mirror.ts';

const pick = (text: string) => pickMirror(parseSources('sources.list', text), 'bookworm');

test('takes the mirror, and the security updates from where they are', () => {
  const text = `deb http://mirror.example/debian bookworm main
deb http://mirror.example/debian/ bookworm-updates main
deb http://safe.example/debian-security bookworm-security main`;
  expect(pick(text)).toEqual({
    uri: 'http://mirror.example/debian',
    signedBy: '',
    hasUpdates: true,
    securityUri: 'http://safe.example/debian-security',
  });
});

test('never takes a third party, whatever it calls its suite', () => {
  const text = `deb [signed-by=/etc/apt/keyrings/microsoft.gpg] https://packages.example/azure-cli bookworm main
deb https://download.example/linux/debian bookworm stable
deb https://node.example/node_20.x nodistro main`;
  expect(pick(text)).toBeNull();
});

test('prefers the one with updates to a third party that names no key', () => {
  const text = `deb https://third.example/apt bookworm main
deb http://mirror.example/debian bookworm main
deb http://mirror.example/debian bookworm-updates main`;
  expect(pick(text)?.uri).toBe('http://mirror.example/debian');
});

test("prefers the one that names Debian's keyring", () => {
  const text = `deb https://third.example/debian bookworm main
deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://mirror.example/pub bookworm main`;
  expect(pick(text)).toMatchObject({ uri: 'http://mirror.example/pub', hasUpdates: false });
});

test('takes neither a CD nor a mirror of security updates', () => {
  const text = `deb cdrom:[Debian 12]/ bookworm main
deb http://mirror.example/debian-security bookworm main`;
  expect(pick(text)).toBeNull();
});

test('takes no other release', () => {
  expect(pick('deb http://mirror.example/debian trixie main')).toBeNull();
  expect(pick('deb http://mirror.example/debian bookworm contrib')).toBeNull();
});
