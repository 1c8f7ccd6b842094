import { expect, test } from 'vitest';
import { parseSources } from './parse-sources.ts';
import { pickMirror } from './pick-mirror.ts';
import { describeAptConfig, describePin, describeRelease } from './private-sources.ts';

const mirror = {
  uri: 'http://mirror.example/debian',
  signedBy: '',
  hasUpdates: true,
  securityUri: 'http://safe.example/debian-security',
};

test('a release is described so that it can be read back', () => {
  const text = describeRelease(mirror, '/usr/share/keyrings/debian-archive-keyring.gpg', 'trixie');
  expect(pickMirror(parseSources('x.sources', text), 'trixie')).toMatchObject({
    ...mirror,
    signedBy: expect.any(String),
  });
});

test('a release without updates and security updates has neither', () => {
  const text = describeRelease({ ...mirror, hasUpdates: false, securityUri: null }, '/k.gpg', 'trixie');
  expect(text).toBe(
    'Types: deb\nURIs: http://mirror.example/debian\nSuites: trixie\nComponents: main\nSigned-By: /k.gpg\n',
  );
});

test('the added release is below what the machine has, and nothing is written to its own folders', () => {
  expect(describePin('trixie')).toMatch(/n=trixie\*\nPin-Priority: 50/);
  expect(describeAptConfig('/tmp/x')).not.toContain('/etc');
  expect(describeAptConfig('/tmp/x')).toContain('Dir::State::lists "/tmp/x/lists";');
});
