import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PlacedReplica, parsePlacementFile } from '../../placement/placement-file.ts';
import { openPlacementStore } from './placement-store.ts';
import { renderReplicasConf } from './replicas-conf.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const id = (digit: string) => digit.repeat(64);
const replica = (number: number, digit: string, listed = true): PlacedReplica => ({
  replica: number,
  container: id(digit),
  core: 0,
  pid: 1,
  startTicks: 1,
  startedAt: null,
  socket: `/run/percore/sockets/${digit.repeat(12)}.sock`,
  state: 'serving',
  listed,
  problem: null,
});
const placement = (...replicas: PlacedReplica[]) => ({
  version: 1 as const,
  project: 'p',
  service: 'app',
  cores: [{ core: 0, siblings: [0] }],
  oversubscribed: false,
  problems: [],
  replicas,
});
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const inode = (name: string) => statSync(join(folder, name)).ino;

describe('renderReplicasConf', () => {
  it('has a line for each listed replica, by number', () => {
    const replicas = [replica(10, 'c'), replica(2, 'b'), replica(1, 'a', false)];
    expect(renderReplicasConf({ replicas })).toBe(
      'server unix:/run/percore/sockets/bbbbbbbbbbbb.sock max_fails=1 fail_timeout=1s; # app-2\n' +
        'server unix:/run/percore/sockets/cccccccccccc.sock max_fails=1 fail_timeout=1s; # app-10\n',
    );
  });

  it('is valid for Nginx when there is none', () => {
    expect(renderReplicasConf({ replicas: [] })).toBe(
      'server unix:/run/percore/sockets/none.sock down; # no replica is ready yet\n',
    );
  });

  it.each([
    { container: `${id('a').slice(1)};` },
    { container: 'abc' },
    { container: id('A') },
    { replica: 0 },
    { replica: 1.5 },
    { replica: Number.NaN },
  ])('refuses to write %j', (odd) => {
    expect(() => renderReplicasConf({ replicas: [{ ...replica(1, 'a'), ...odd }] })).toThrow(RangeError);
  });
});

describe('openPlacementStore', () => {
  it('writes both files, which can be read again', async () => {
    const store = openPlacementStore(folder);
    expect(await store.load('p', 'app')).toEqual({ file: null, notice: null, hasConf: false });
    await store.save(placement(replica(1, 'a')));
    expect(parsePlacementFile(read('placement.json'))).toMatchObject(placement(replica(1, 'a')));
    expect(read('replicas.conf')).toContain('# app-1');
    expect(readdirSync(folder).sort()).toEqual(['placement.json', 'replicas.conf']);
    expect((statSync(join(folder, 'replicas.conf')).mode & 0o777).toString(8)).toBe('644');
  });

  it('writes nothing when nothing changed, also after its own restart', async () => {
    await openPlacementStore(folder).save(placement(replica(1, 'a')));
    const before = [inode('placement.json'), inode('replicas.conf')];
    const store = openPlacementStore(folder);
    const { file } = await store.load('p', 'app');
    expect(file?.replicas).toHaveLength(1);
    await store.save(placement(replica(1, 'a')));
    expect([inode('placement.json'), inode('replicas.conf')]).toEqual(before);
  });

  it('leaves the list for Nginx alone when a replica only crashes', async () => {
    const store = openPlacementStore(folder);
    await store.save(placement(replica(1, 'a')));
    const before = inode('replicas.conf');
    await store.save(placement({ ...replica(1, 'a'), state: 'down', pid: null }));
    expect(inode('replicas.conf')).toBe(before);
    expect(read('placement.json')).toContain('"down"');
  });

  it.each([
    ['not JSON', '{', 'is not JSON'],
    ['of another version', '{"version":2}', 'has version 2'],
    ['of another project', JSON.stringify({ ...placement(), project: 'q', writtenAt: '' }), 'of project q'],
    ['not of the form', '{"version":1}', 'does not fit its schema'],
  ])('leaves an earlier file aside that is %s, and says so', async (_, text, why) => {
    writeFileSync(join(folder, 'placement.json'), text);
    writeFileSync(join(folder, 'replicas.conf'), '# lines\n');
    const { file, notice, hasConf } = await openPlacementStore(folder).load('p', 'app');
    expect(file).toBeNull();
    expect(notice).toContain(why);
    expect(hasConf).toBe(true);
  });

  it('says what cannot be written, keeps the old files, and writes when it can again', async () => {
    const store = openPlacementStore(folder);
    rmSync(folder, { recursive: true });
    await expect(store.save(placement(replica(1, 'a')))).rejects.toThrow(
      /placement\.json cannot be written: ENOENT/,
    );
    folder = mkdtempSync(folder);
    const again = openPlacementStore(folder);
    await again.save(placement(replica(1, 'a')));
    expect(read('replicas.conf')).toContain('# app-1');
  });

  it.each([
    ['placement.json', (file: string) => writeFileSync(file, '{"version":2}')],
    ['replicas.conf', (file: string) => writeFileSync(file, 'server nonsense')],
    ['placement.json', (file: string) => rmSync(file)],
    ['replicas.conf', (file: string) => rmSync(file)],
  ])('writes %s again when somebody else has changed or removed it, and says so', async (name, spoil) => {
    const store = openPlacementStore(folder);
    expect(await store.save(placement(replica(1, 'a')))).toEqual([]);
    const written = read(name);
    spoil(join(folder, name));
    expect(await store.save(placement(replica(1, 'a')))).toEqual([
      expect.stringContaining(`${name} was changed or removed by somebody else`),
    ]);
    expect(read(name)).toBe(written);
    expect(await store.save(placement(replica(1, 'a')))).toEqual([]);
  });

  it('says that a folder stands where the file should, and writes when it is gone', async () => {
    const store = openPlacementStore(folder);
    mkdirSync(join(folder, 'placement.json'));
    await expect(store.save(placement(replica(1, 'a')))).rejects.toThrow(/cannot be written: E/);
    rmSync(join(folder, 'placement.json'), { recursive: true });
    await store.save(placement(replica(1, 'a')));
    expect(read('placement.json')).toContain('"serving"');
  });
});
