import { execa } from 'execa';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { promise } from './promise.ts';

const SECTION = '5 Least privilege';
const DOCKER_SOCKET = '/var/run/docker.sock';

/** What `docker inspect` says of a container, as far as it is judged here. */
interface Container {
  Id: string;
  AppArmorProfile: string;
  Config: { User: string; Labels: Record<string, string>; Healthcheck?: unknown; Env: string[] | null };
  HostConfig: {
    Privileged: boolean;
    ReadonlyRootfs: boolean;
    CapAdd: string[] | null;
    CapDrop: string[] | null;
    SecurityOpt: string[] | null;
    NetworkMode: string;
    PidMode: string;
    IpcMode: string;
    UTSMode: string;
    UsernsMode: string;
    CgroupParent: string;
    Devices: unknown[] | null;
    Memory: number;
    CpuShares: number;
    PidsLimit: number | null;
    RestartPolicy: { Name: string };
    LogConfig: { Config: Record<string, string> };
    Tmpfs: Record<string, string> | null;
  };
  Mounts: {
    Type: string;
    Name?: string;
    Source: string;
    Destination: string;
    RW: boolean;
    Propagation: string;
  }[];
  NetworkSettings: { Ports: Record<string, { HostIp: string }[] | null> };
  State: { Pid: number };
}

let stack: Stack;
let containers: Map<string, Container>;
beforeAll(async () => {
  stack = await startStack({ replicas: 2, profiles: ['baseline'] });
  const ids = (await stack.compose('ps', '--all', '--quiet', '--no-trunc')).split('\n');
  const { stdout } = await execa('docker', ['inspect', ...ids]);
  const all = JSON.parse(stdout) as Container[];
  const labels = (each: Container, name: string) => each.Config.Labels[`com.docker.compose.${name}`];
  containers = new Map(
    all.map((each) => [`${labels(each, 'service')}-${labels(each, 'container-number')}`, each]),
  );
});
afterAll(() => stack?.[Symbol.asyncDispose]());

/** The names of the containers of which something holds, in order. */
function namesOf(holds: (container: Container) => boolean): string[] {
  return [...containers]
    .filter(([, each]) => holds(each))
    .map(([name]) => name)
    .toSorted();
}

const ALL = ['app-1', 'app-2', 'baseline-1', 'gate-1', 'nginx-1', 'pinner-1'];

promise(
  SECTION,
  "Docker's socket is in the gate alone, and the gate is within the pinner's reach alone",
  async ({ measured }) => {
    expect([...containers.keys()].toSorted()).toEqual(ALL);
    const mounts = (part: string) =>
      namesOf(({ Mounts }) =>
        Mounts.some(({ Source, Destination }) => `${Source} ${Destination}`.includes(part)),
      );
    expect(mounts(DOCKER_SOCKET)).toEqual(['gate-1']);
    expect(mounts('docker.sock')).toEqual(['gate-1']);
    expect(mounts('/run/percore/gate')).toEqual(['gate-1', 'pinner-1']);
    const mountOf = (name: string, destination: string) =>
      containers.get(name)?.Mounts.find((each) => each.Destination === destination);
    expect(mountOf('pinner-1', '/run/percore/gate')).toMatchObject({ Type: 'volume', RW: false });
    expect(namesOf(({ HostConfig }) => HostConfig.NetworkMode === 'none')).toEqual([
      'app-1',
      'app-2',
      'gate-1',
      'pinner-1',
    ]);
    measured(`1 of ${containers.size} containers has the socket, 1 the gate; both without a network`);
  },
);

promise(
  SECTION,
  "Each volume has one writer, and of this machine's files the stack can change none",
  async ({ measured }) => {
    const writersOf = (volume: string) =>
      namesOf(({ Mounts }) => Mounts.some(({ Destination, RW }) => Destination.endsWith(`/${volume}`) && RW));
    expect(writersOf('sockets')).toEqual(['app-1', 'app-2']);
    expect(writersOf('placement')).toEqual(['pinner-1']);
    expect(writersOf('gate')).toEqual(['gate-1']);
    const bound = [...containers].flatMap(([name, { Mounts }]) =>
      Mounts.filter(({ Type, RW }) => Type === 'bind' && RW).map(
        ({ Destination }) => `${name} ${Destination}`,
      ),
    );
    // A socket is not written as a file is: read-only or not makes no difference.
    expect(bound).toEqual([`gate-1 ${DOCKER_SOCKET}`]);
    expect(namesOf(({ Mounts }) => Mounts.some(({ Propagation }) => /shared/.test(Propagation)))).toEqual([]);
    measured('sockets: the replicas; placement: the pinner; gate: the gate');
  },
);

promise(
  SECTION,
  'No container has a capability, a device, a way to more rights, or a namespace of the host',
  async ({ measured }) => {
    for (const [name, { HostConfig }] of containers) {
      expect(HostConfig, name).toMatchObject({
        Privileged: false,
        CapDrop: ['ALL'],
        CapAdd: null,
        ReadonlyRootfs: true,
        UTSMode: '',
        UsernsMode: '',
        CgroupParent: '',
        IpcMode: 'private',
      });
      expect(HostConfig.Devices ?? [], name).toEqual([]);
      // What Docker adds by itself where the host's processes are seen: SELinux has no label for that.
      const added = HostConfig.PidMode === 'host' ? ['label=disable'] : [];
      expect(HostConfig.SecurityOpt, name).toEqual(['no-new-privileges:true', ...added]);
      expect(HostConfig.NetworkMode, name).not.toMatch(/^(host|bridge|default)$/);
      for (const options of Object.values(HostConfig.Tmpfs ?? {})) {
        expect(options, name).toMatch(/noexec.*nosuid.*nodev/);
      }
    }
    // It reads /proc/<pid>/status of the replicas: what the kernel says of their cores.
    expect(namesOf(({ HostConfig }) => HostConfig.PidMode !== '')).toEqual(['pinner-1']);
    // And the kernel's own word: proc_pid_status(5).
    for (const [name, { State }] of containers) {
      const { stdout: status } = await execa('cat', [`/proc/${State.Pid}/status`]);
      expect(status, name).toMatch(/^CapEff:\t0+$/m);
      expect(status, name).toMatch(/^CapBnd:\t0+$/m);
      expect(status, name).toMatch(/^NoNewPrivs:\t1$/m);
      expect(status, name).toMatch(/^Seccomp:\t2$/m);
    }
    measured(
      `${containers.size} containers, by docker inspect and by the kernel; the pinner sees the host's processes`,
    );
  },
);

promise(SECTION, 'All but the gate run as users of their own', async ({ measured }) => {
  const users = Object.fromEntries([...containers].map(([name, { Config }]) => [name, Config.User]));
  expect(users).toEqual({
    'app-1': '10001:10001',
    'app-2': '10001:10001',
    'baseline-1': '10004:10004',
    // Docker's socket belongs to root, and to a group whose number differs between machines.
    'gate-1': '0:0',
    'nginx-1': '101:101',
    'pinner-1': '10002:10002',
  });
  measured(
    Object.entries(users)
      .map(([name, user]) => `${name}: ${user.split(':')[0]}`)
      .join(', '),
  );
});

promise(
  SECTION,
  "Each container's memory, processes, CPU share and log are limited",
  async ({ measured }) => {
    for (const [name, { HostConfig }] of containers) {
      expect(HostConfig.Memory, name).toBeGreaterThan(0);
      expect(HostConfig.PidsLimit, name).toBeGreaterThan(0);
      expect(HostConfig.CpuShares, name).toBeGreaterThan(0);
      expect(HostConfig.LogConfig.Config, name).toHaveProperty('max-size');
      expect(HostConfig.RestartPolicy.Name, name).toBe('unless-stopped');
    }
    expect(namesOf(({ Config }) => Config.Healthcheck === undefined)).toEqual(['baseline-1']);
    measured(`${containers.size} containers`);
  },
);

promise(SECTION, 'Nothing listens beyond this machine unless PERCORE_BIND says so', async ({ measured }) => {
  const published = [...containers].flatMap(([name, { NetworkSettings }]) =>
    Object.entries(NetworkSettings.Ports).flatMap(([port, hosts]) =>
      (hosts ?? []).map(({ HostIp }) => ({ name, port, HostIp })),
    ),
  );
  expect(new Set(published.map(({ HostIp }) => HostIp))).toEqual(new Set(['127.0.0.1']));
  expect(new Set(published.map(({ name }) => name))).toEqual(new Set(['nginx-1', 'baseline-1']));
  expect(published).toHaveLength(7);
  measured(`${published.length} ports, all on 127.0.0.1`);
});
