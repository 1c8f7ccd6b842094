import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect } from 'vitest';
import { inParallel } from '../http/in-parallel.ts';
import { promise } from './promise.ts';

const SECTION = '6 Bad input';
const ROOT = join(import.meta.dirname, '../..');
/** Each is a container or a process that lives for half a second. */
const AT_A_TIME = 4;

/** A variable, a value that breaks its rule, and the beginning of the value as it is shown. */
type Fault = readonly [name: string, value: string, shown?: string];

/** The configuration with one file changed, and the container that reads it. */
let nginxFolder: string;
beforeAll(async () => {
  nginxFolder = await mkdtemp(join(tmpdir(), 'percore-nginx-'));
});
afterAll(() => rm(nginxFolder, { recursive: true }));

promise(
  SECTION,
  'The app ends at once over a bad variable, with one line that names it, its value and the fix',
  async ({ measured }) => {
    const faults: Fault[] = [
      ...['abc', '0', '-1', '1.5', '1001', '1e3', '٣', '0x10'].map(
        (value) => ['PERCORE_MAX_SUMS', value] as const,
      ),
      ...['abc', '-1', '3601', '25s'].map((value) => ['PERCORE_DRAIN_SECONDS', value] as const),
    ];
    await eachIsOneLine(faults, (fault) => runImage('percore-app:0.1.0', fault));
    measured(`${faults.length} values`);
  },
);

promise(
  SECTION,
  'The pinner ends at once over a bad variable, with one line that names it, its value and the fix',
  async ({ measured }) => {
    const faults: Fault[] = [
      ...['9-3', 'all', '0-4294967295', '8191', '0,,1', '0x1'].map(
        (value) => ['PERCORE_CORES', value] as const,
      ),
      ...['yes', '1', 'TRUE'].map((value) => ['PERCORE_ALLOW_UNPINNED', value] as const),
      ...['0', '5s', '99999', '-1'].map((value) => ['PERCORE_RESYNC_SECONDS', value] as const),
      ['PERCORE_PROJECT', 'Not A Name'],
      ['PERCORE_SERVICE', 'a b'],
      ['PERCORE_DOCKER_SOCKET', 'docker.sock'],
    ];
    await eachIsOneLine(faults, (fault) =>
      runImage('percore-pinner:0.1.0', fault, '--env', 'PERCORE_PROJECT=percore'),
    );
    measured(`${faults.length} values`);
  },
);

promise(
  SECTION,
  'Nginx does not start over a bad variable, with one line that names it, its value and the fix',
  async ({ measured }) => {
    const faults: Fault[] = [
      ...['abc', '0', '1000', 'auto', '2; user root'].map(
        (value) => ['PERCORE_NGINX_WORKERS', value] as const,
      ),
      ...['abc', '65536', '-1', '80;'].map((value) => ['PERCORE_PORT', value] as const),
      ...['8081', '8081-8084', 'a-b', '65532-65536'].map((value) => ['PERCORE_LAB_PORTS', value] as const),
      ['PERCORE_BASELINE_PORT', 'abc'],
    ];
    const mount = `${ROOT}/nginx:/etc/nginx/percore:ro`;
    await eachIsOneLine(faults, (fault) => runNginx(mount, ...variable(fault)));
    measured(`${faults.length} values`);
  },
);

promise(
  SECTION,
  'Nginx does not start with a broken file or without its folder, with one line that says which and what to do',
  async ({ measured }) => {
    const broken = [
      ['sticky.conf', 'nonsense;'],
      ['sticky.conf', 'ip_hash'],
      ['sticky.conf', '\0\xff'],
      ['trusted-proxies.conf', 'set_real_ip_from nobody;'],
      ['client-limits.conf', 'limit_conn clients many;'],
      ['http/main-port.conf', 'server { listen 99999; }'],
      ['nginx.conf', '}'],
    ] as const;
    await inParallel(broken.entries(), AT_A_TIME, async ([index, [file, text]]) => {
      const folder = join(nginxFolder, String(index));
      await cp(join(ROOT, 'nginx'), folder, { recursive: true });
      await writeFile(join(folder, file), text, 'latin1');
      const { lines, exitCode } = await runNginx(`${folder}:/etc/nginx/percore:ro`);
      expect(lines, text).toHaveLength(1);
      expect(lines[0]).toContain(`${file}:1`);
      expect(lines[0]).toMatch(
        /^percore: not started, as Nginx refuses the configuration: .* Mend that line; /,
      );
      expect(exitCode).toBe(1);
    });
    const { lines, exitCode } = await runNginx(
      `${await mkdtemp(join(nginxFolder, 'empty-'))}:/etc/nginx/percore:ro`,
    );
    expect(lines).toEqual([
      expect.stringMatching(/^percore: PERCORE_NGINX_DIR must be .* has none\. Set another, or/),
    ]);
    expect(exitCode).toBe(1);
    measured(`${broken.length} broken files and an empty folder`);
  },
);

promise(
  SECTION,
  "The gate does not start without Docker's socket, with one line that says what to set",
  async () => {
    const { lines, exitCode } = await run('docker', [...SHORT_LIVED, ...VARIABLES, 'percore-gate:0.1.0']);
    expect(lines).toEqual([
      expect.stringMatching(/^percore gate: .*\/var\/run\/docker\.sock\. Set PERCORE_DOCKER_SOCKET/),
    ]);
    expect(exitCode).not.toBe(0);
  },
);

promise(
  SECTION,
  '`npm start` stops before it does anything over a bad variable, with one line that names it, its value and the fix',
  async ({ measured }) => {
    const faults: Fault[] = [
      ['PERCORE_REPLICAS', 'abc'],
      ['PERCORE_BIND', 'localhost'],
      ['PERCORE_PORT', 'abc'],
      ['PERCORE_LAB_PORTS', '8081-8084'],
      ['PERCORE_BASELINE_PORT', '70000'],
      ['PERCORE_CORES', '9-3'],
      ['PERCORE_ALLOW_UNPINNED', 'yes'],
      ['PERCORE_RESYNC_SECONDS', '5s'],
      ['PERCORE_MAX_SUMS', 'abc'],
      ['PERCORE_DRAIN_SECONDS', '-1'],
      ['PERCORE_NGINX_WORKERS', 'auto'],
      ['PERCORE_NGINX_DIR', '/nowhere'],
      ['PERCORE_DOCKER_SOCKET', 'docker.sock'],
      ['PERCORE_NODE_IMAGE', 'a b'],
      ['PERCORE_NGINX_IMAGE', '$(x)'],
      ['PERCORE_K6_IMAGE', '-x'],
      ['PERCORE_INSTALL', 'no'],
    ];
    await eachIsOneLine(faults, ([name, value]) =>
      run(process.execPath, ['setup/start.ts'], { [name]: value }),
    );
    measured(`${faults.length} variables`);
  },
);

promise(
  SECTION,
  '`docker compose` itself refuses bad variables, a socket or a folder that is not there, and a broken .env in one line',
  async ({ measured }) => {
    const dotEnv = join(nginxFolder, 'broken.env');
    await writeFile(dotEnv, 'PERCORE_PORT=8080\nthis is nonsense\n');
    const config = ['compose', 'config', '--quiet'];
    const said = await Promise.all([
      run('docker', config, { PERCORE_REPLICAS: 'abc' }),
      run('docker', config, { PERCORE_PORT: 'abc' }),
      run('docker', config, { PERCORE_LAB_PORTS: '8081-8084' }),
      run('docker', config, { PERCORE_BIND: 'nowhere' }),
      run('docker', ['compose', '--env-file', dotEnv, 'config', '--quiet']),
    ]);
    const reasons = ['abc', 'abc', '8081-8084', 'nowhere', 'broken.env'];
    for (const [index, { lines, exitCode }] of said.entries()) {
      expect(lines, reasons[index]).toHaveLength(1);
      expect(lines[0]).toContain(reasons[index]);
      expect(exitCode).not.toBe(0);
    }
    const project = `percore-test-${process.pid}-faults`;
    const up = ['compose', '--project-name', project, '--progress', 'quiet', 'up', '--no-start', '--no-deps'];
    try {
      for (const [service, name] of [
        ['nginx', 'PERCORE_NGINX_DIR'],
        ['gate', 'PERCORE_DOCKER_SOCKET'],
      ] as const) {
        const { lines, exitCode } = await run('docker', [...up, service], { [name]: '/nowhere/x' });
        expect(lines, name).toEqual([expect.stringMatching(/bind source path does not exist: \/nowhere\/x/)]);
        expect(exitCode).not.toBe(0);
      }
    } finally {
      await run('docker', ['compose', '--project-name', project, 'down', '--volumes']);
    }
    measured(`${said.length + 2} faults`);
  },
);

promise(
  SECTION,
  'A load script ends before it sends anything over a bad variable, with one line that names it, its value and the fix',
  async ({ measured }) => {
    const faults: readonly (readonly [script: string, ...Fault])[] = [
      ['sum', 'BASE_URL', 'ftp://x'],
      ['sum', 'BASE_URL', '127.0.0.1:8080'],
      ['sum', 'SECONDS', 'abc'],
      ['sum', 'RATE', '-1'],
      ['sum', 'N', '5000000001'],
      ['mixed', 'SUMS', '1.5'],
      ['mixed', 'P99_MS', '0'],
      ['spike', 'SPIKE', '1e3'],
      ['soak', 'MINUTES', '99999999'],
      ['crash', 'MOST_FAILED', 'none'],
      ['crash', 'PLACEMENT_URL', 'nowhere'],
      ['stickiness', 'MODES', 'sideways'],
      ['stickiness', 'CLIENTS', '0'],
      ['stickiness', 'REQUESTS', 'many'],
      ['stickiness', 'AT_A_TIME', '101'],
      ['stickiness', 'PATHNAME', '/../secret'],
      ['stickiness', 'CONNECTIONS', 'old'],
      ['stickiness', 'FORWARDED', 'perhaps'],
    ];
    const { stdout: image } = await execa(
      'docker',
      ['compose', '--profile', 'load', 'config', '--images', 'k6'],
      { cwd: ROOT },
    );
    const k6 = image.split('\n').find((name) => name.includes('k6')) ?? image;
    await inParallel(faults, AT_A_TIME, async ([script, name, value]) => {
      const options = ['--volume', `${ROOT}/loadtest:/loadtest:ro`, k6, 'run', '--quiet', '--no-color'];
      const { lines, exitCode } = await run('docker', [
        ...SHORT_LIVED,
        ...options,
        ...['--env', `${name}=${value}`, `/loadtest/${script}.js`],
      ]);
      expectOneLine(lines, [name, value]);
      expect(exitCode).not.toBe(0);
    });
    measured(`${faults.length} values`);
  },
);

const SHORT_LIVED = ['run', '--rm', '--network', 'none', '--read-only', '--cap-drop', 'ALL'];
const VARIABLES = ['--tmpfs', '/tmp:mode=1777', '--volume', `${ROOT}/gate:/etc/nginx/gate:ro`];

function variable([name, value]: Fault): string[] {
  return ['--env', `${name}=${value}`];
}

function runImage(image: string, fault: Fault, ...options: string[]): Promise<Said> {
  return run('docker', [...SHORT_LIVED, ...options, ...variable(fault), image]);
}

function runNginx(mount: string, ...options: string[]): Promise<Said> {
  const tmp = ['--tmpfs', '/tmp:mode=1777'];
  return run('docker', [...SHORT_LIVED, ...tmp, '--volume', mount, ...options, 'percore-nginx:0.1.0']);
}

interface Said {
  readonly lines: string[];
  readonly exitCode: number | undefined;
}

async function run(file: string, args: readonly string[], env: Record<string, string> = {}): Promise<Said> {
  const { all, exitCode } = await execa(file, args, {
    cwd: ROOT,
    env,
    all: true,
    reject: false,
    timeout: 60_000,
  });
  return { lines: all.split('\n').filter((line) => line.trim() !== ''), exitCode };
}

async function eachIsOneLine(
  faults: readonly Fault[],
  start: (fault: Fault) => Promise<Said>,
): Promise<void> {
  await inParallel(faults, AT_A_TIME, async (fault) => {
    const { lines, exitCode } = await start(fault);
    expectOneLine(lines, fault);
    expect(exitCode).toBeGreaterThan(0);
  });
}

function expectOneLine(lines: readonly string[], [name, value]: Fault): void {
  expect(lines, `${name}=${value}`).toHaveLength(1);
  const line = lines[0]?.replaceAll('\\"', '"') ?? '';
  expect(line).toContain(`${name} must `);
  expect(line).toContain(`"${value}"`);
  // What to do stands behind the value.
  expect(line.slice(line.indexOf(`"${value}"`))).toMatch(/[:.] ?.*(leave|set|take|write|Set|bring)/i);
  expect(line).not.toMatch(/\bat .+:\d+:\d+|node:|\.[cm]?[jt]s:\d/);
}
