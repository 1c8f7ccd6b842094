import { expect, test } from 'vitest';
import { describeWish } from './package-wish.ts';

const wish = { packages: ['docker.io', 'docker-cli'], ownPackages: ['iptables'], purpose: '' };

test('says what comes from where', () => {
  expect(describeWish({ ...wish, release: null }, 'Debian 13')).toBe(
    "docker.io, docker-cli, iptables from Debian 13's own packages",
  );
  expect(describeWish({ ...wish, release: 'trixie' }, 'Debian 12')).toBe(
    'docker.io, docker-cli from Debian trixie (for this once: the apt sources stay as they are); ' +
      "iptables from Debian 12's own packages",
  );
});
