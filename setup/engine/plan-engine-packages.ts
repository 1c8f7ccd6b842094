import type { OsRelease } from '../apt/os-release.ts';
import type { PackageWish } from '../apt/package-wish.ts';

/** What a machine lacks. An engine brings the client and Compose with it. */
export type Lack = 'engine' | 'client' | 'compose';

/** The first Debian whose own packages are new enough. */
const FIRST_DEBIAN = { major: 13, codename: 'trixie' };

const PURPOSE: Record<Lack, string> = {
  engine: 'a Docker engine with Compose',
  client: 'the Docker client',
  compose: 'Docker Compose 2',
};

const DEBIAN: Record<Lack, readonly string[]> = {
  engine: ['docker.io', 'docker-cli', 'docker-compose', 'docker-buildx'],
  client: ['docker-cli', 'docker-compose', 'docker-buildx'],
  compose: ['docker-compose', 'docker-buildx'],
};

const UBUNTU: Record<Lack, readonly string[]> = {
  engine: ['docker.io', 'docker-compose-v2', 'docker-buildx'],
  client: ['docker.io', 'docker-compose-v2', 'docker-buildx'],
  compose: ['docker-compose-v2', 'docker-buildx'],
};

/** The packages that fill the lack on this system, and the release they come from. */
export function planEnginePackages(system: OsRelease, lack: Lack): PackageWish {
  const isUbuntu = system.id === 'ubuntu' || system.like.includes('ubuntu');
  const isOld = system.id === 'debian' && system.major !== null && system.major < FIRST_DEBIAN.major;
  return {
    packages: (isUbuntu ? UBUNTU : DEBIAN)[lack],
    release: isOld ? FIRST_DEBIAN.codename : null,
    // A newer one would need a newer libc, and with it most of the newer Debian.
    ownPackages: lack === 'engine' ? ['iptables'] : [],
    purpose: PURPOSE[lack],
  };
}
