import { execa } from 'execa';
import { beforeAll, expect } from 'vitest';
import { promise } from './promise.ts';

const SECTION = '5 Least privilege';
const FROM_SCRATCH = ['percore-app:0.1.0', 'percore-pinner:0.1.0', 'percore-baseline:0.1.0'];
const IMAGES = [...FROM_SCRATCH, 'percore-nginx:0.1.0', 'percore-gate:0.1.0'];

/** What Docker puts into every container. */
const DOCKERS_OWN = /^\/(\.dockerenv|dev\/.*|etc\/(hostname|hosts|mtab|resolv\.conf))$/;

interface Entry {
  /** As `ls -l` writes it: `-rwsr-xr-x`. */
  mode: string;
  path: string;
}

/** What a container of an image would see, without starting one. */
async function listFiles(image: string): Promise<Entry[]> {
  const { stdout: container } = await execa('docker', ['create', '--network', 'none', image, 'none']);
  try {
    const { stdout } = await execa('docker', ['export', container], { buffer: false }).pipe('tar', [
      '--list',
      '--verbose',
    ]);
    const entries = stdout.split('\n').map((line) => {
      const [mode = '', , , , , ...name] = line.split(/\s+/);
      return { mode, path: `/${name.join(' ').replace(/ (->|link to) .*/, '')}` };
    });
    return entries.filter(({ path }) => !DOCKERS_OWN.test(path));
  } finally {
    await execa('docker', ['rm', container]);
  }
}

let files: Map<string, Entry[]>;
beforeAll(async () => {
  files = new Map();
  for (const image of IMAGES) files.set(image, await listFiles(image));
});

function pathsLike(entries: readonly Entry[], pattern: RegExp): string[] {
  return entries.map(({ path }) => path).filter((path) => pattern.test(path));
}

promise(
  SECTION,
  'No image holds a setuid or setgid file, a key or a file of settings',
  async ({ measured }) => {
    let count = 0;
    for (const [image, entries] of files) {
      expect(entries.length, image).toBeGreaterThan(10);
      const elevated = entries.filter(({ mode }) => mode.startsWith('-') && /[sS]/.test(mode));
      expect(elevated, image).toEqual([]);
      // (The certificates that Debian trusts are no secrets.)
      expect(
        pathsLike(entries, /\/(\.env[^/]*|\.npmrc|\.git|id_[a-z0-9]+|[^/]*\.key|\.docker)$/),
        image,
      ).toEqual([]);
      count += entries.length;
    }
    measured(`0 of ${count.toLocaleString('en')} entries in ${IMAGES.length} images`);
  },
);

promise(
  SECTION,
  'The images of the app, the pinner and the control have no shell, no package manager and no npm',
  async ({ measured }) => {
    const programs = new Set<string>();
    for (const image of FROM_SCRATCH) {
      const entries = files.get(image) ?? [];
      const named =
        /\/(sh|bash|dash|busybox|apt|apt-get|dpkg|npm|npx|yarn|corepack|perl|python3?|curl|wget)$/;
      expect(pathsLike(entries, named), image).toEqual([]);
      for (const { path } of entries.filter(({ mode }) => /^-..x/.test(mode))) {
        if (!/\.so(\.|$)/.test(path) && !path.startsWith('/app/')) programs.add(path);
      }
    }
    expect([...programs]).toEqual(['/usr/local/bin/node']);
    measured('the only program in them is node');
  },
);

promise(
  SECTION,
  'Every image says who runs it, by number, and is named by a version',
  async ({ measured }) => {
    const { stdout } = await execa('docker', ['compose', '--profile', 'baseline', 'config', '--images']);
    const names = [...new Set(stdout.split('\n'))].toSorted();
    expect(names).toEqual(IMAGES.toSorted());
    for (const image of IMAGES) {
      const { stdout: user } = await execa('docker', [
        'image',
        'inspect',
        '--format',
        '{{.Config.User}}',
        image,
      ]);
      // Why the gate is root: gate/Dockerfile.
      expect(user, image).toMatch(image.startsWith('percore-gate') ? /^0:0$/ : /^[1-9]\d*:[1-9]\d*$/);
    }
    measured(`${IMAGES.length} images`);
  },
);
