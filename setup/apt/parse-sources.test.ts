import { describe, expect, test } from 'vitest';
import { parseSources } from './parse-sources.ts';

describe('deb822 style', () => {
  const parse = (text: string) => parseSources('/etc/apt/sources.list.d/debian.sources', text);

  test('has a source for each stanza, with several suites', () => {
    const text = `Types: deb
# a comment in a stanza
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb deb-src
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
`;
    expect(parse(text)).toEqual([
      {
        uris: ['http://mirror.example/debian'],
        suites: ['bookworm', 'bookworm-updates'],
        components: ['main', 'contrib'],
        signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg',
      },
      {
        uris: ['http://mirror.example/debian-security'],
        suites: ['bookworm-security'],
        components: ['main'],
        signedBy: '',
      },
    ]);
  });

  test('leaves out what is disabled and what is source code', () => {
    const body = 'URIs: http://mirror.example/debian\nSuites: bookworm\nComponents: main\n';
    expect(parse(`Types: deb\nEnabled: no\n${body}`)).toEqual([]);
    expect(parse(`Types: deb-src\n${body}`)).toEqual([]);
    expect(parse(`types: deb\nenabled: yes\n${body}`)).toHaveLength(1);
  });

  test('reads fields over several lines, such as an embedded key', () => {
    const text = `Types: deb
URIs: http://one.example/debian
 http://two.example/debian
Suites: bookworm
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mQINBF
 -----END PGP PUBLIC KEY BLOCK-----
`;
    const [source] = parse(text);
    expect(source?.uris).toEqual(['http://one.example/debian', 'http://two.example/debian']);
    expect(source?.signedBy).toMatch(/^-----BEGIN[\s\S]*END PGP PUBLIC KEY BLOCK-----$/);
  });
});

describe('one-line style', () => {
  const parse = (text: string) => parseSources('/etc/apt/sources.list', text);

  test('reads lines with and without options', () => {
    const text = `deb http://mirror.example/debian bookworm main contrib # the mirror
deb [arch=amd64 signed-by=/etc/apt/keyrings/other.gpg] https://other.example/apt bookworm main
deb-src http://mirror.example/debian bookworm main
# deb http://commented.example/debian bookworm main
  deb\thttp://mirror.example/debian\tbookworm-updates\tmain
nonsense
`;
    expect(parse(text)).toEqual([
      {
        uris: ['http://mirror.example/debian'],
        suites: ['bookworm'],
        components: ['main', 'contrib'],
        signedBy: '',
      },
      {
        uris: ['https://other.example/apt'],
        suites: ['bookworm'],
        components: ['main'],
        signedBy: '/etc/apt/keyrings/other.gpg',
      },
      {
        uris: ['http://mirror.example/debian'],
        suites: ['bookworm-updates'],
        components: ['main'],
        signedBy: '',
      },
    ]);
  });

  test('reads a CD as a source of its own kind', () => {
    const text = 'deb cdrom:[Debian GNU/Linux 12.5.0 _Bookworm_ - Official amd64 DVD]/ bookworm main\n';
    expect(parse(text)).toMatchObject([{ suites: ['bookworm'], components: ['main'] }]);
    expect(parse(text)[0]?.uris[0]).toMatch(/^cdrom:/);
  });
});
