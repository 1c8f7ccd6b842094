import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { parsePlacementFile } from '../../placement/placement-file.ts';
import { startSteadyLoad } from '../http/steady-load.ts';
import { killReplicas, untilBack } from '../stack/kill-replica.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { until } from '../stack/until.ts';
import { promise } from './promise.ts';

const SECTION = '4 Docker, the pinner and the disk';

describe('the placement volume', () => {
  let stack: Stack;
  /** Where this machine sees it. */
  let folder: string;
  beforeAll(async () => {
    stack = await startStack({ replicas: 2, environment: { PERCORE_RESYNC_SECONDS: '1' } });
    const volume = `${stack.project}_placement`;
    folder = (await execa('docker', ['volume', 'inspect', '--format', '{{.Mountpoint}}', volume])).stdout;
  });
  afterAll(() => stack?.[Symbol.asyncDispose]());

  const linesOf = async (service: string, pattern: RegExp): Promise<string[]> => {
    const log = await stack.compose('logs', '--no-log-prefix', service);
    return log.split('\n').filter((line) => pattern.test(line));
  };

  const remount = (how: 'ro' | 'rw') => execa('mount', ['-o', `remount,${how}`, folder]);
  const filler = () => join(folder, 'filler');
  const troubles = {
    full: {
      begin: async () => {
        // More than there is room for: what fits is written.
        await expect(writeFile(filler(), Buffer.alloc(4_000_000))).rejects.toThrow('ENOSPC');
      },
      end: () => rm(filler()),
    },
    unwritable: { begin: () => remount('ro'), end: () => remount('rw') },
  };

  promise(
    SECTION,
    'the placement volume is full, or not writable, while a replica crashes: 0 of 200 GETs/s fail, the pinner says what to do, and all is well once it is mended',
    async ({ measured }) => {
      for (const [name, { begin, end }] of Object.entries(troubles)) {
        const load = startSteadyLoad(stack.url, { perSecond: 200 });
        const told = (await linesOf('pinner', /cannot be written/)).length;
        await begin();
        let since: number;
        let killed: number[];
        try {
          killed = await killReplicas(stack, [1]);
          await until('the pinner says that it cannot write', async () => {
            return (await linesOf('pinner', /cannot be written/)).length > told;
          });
        } finally {
          await end();
          since = performance.now();
        }
        await untilBack(stack, [1], killed);
        const seconds = ((performance.now() - since) / 1000).toFixed(1);
        const { sent, failures } = await load.stop();
        expect(failures).toEqual([]);
        const lines = (await linesOf('pinner', /cannot be written/)).slice(told);
        expect(lines.length).toBeLessThanOrEqual(2);
        expect(lines[0]).toMatch(/placement\.json cannot be written: .*see that the volume has room/);
        measured(`${name}: 0 of ${sent} failed, the crashed replica served ${seconds} s after it was mended`);
      }
    },
  );

  const SPOILT = {
    'half a file': '{"version":1,"project":',
    nonsense: '\0\xff\n',
    nothing: '',
    'a future version': '{"version":99,"replicas":[]}',
    'another form': '{"version":1,"replicas":"all"}',
    gone: null,
  };

  promise(
    SECTION,
    'the placement file is corrupt, of a future version, or gone: 0 of 200 GETs/s fail, each reader says why in one line, and the pinner writes it anew',
    async ({ measured }) => {
      const file = join(folder, 'placement.json');
      const load = startSteadyLoad(stack.url, { perSecond: 200 });
      let slowest = 0;
      for (const [what, text] of Object.entries(SPOILT)) {
        const since = performance.now();
        if (text === null) await rm(file);
        else await writeFile(file, text);
        await until(`it is written anew after ${what}`, async () => {
          return parsePlacementFile(await readFile(file, 'utf8')).replicas.length === 2;
        });
        slowest = Math.max(slowest, performance.now() - since);
      }

      for (const [what, text] of Object.entries(SPOILT)) {
        await stack.compose('stop', 'pinner');
        if (text === null) await rm(file, { force: true });
        else await writeFile(file, text);
        await stack.compose('start', 'pinner');
        await until(`a pinner that starts with ${what} knows the replicas`, async () => {
          const { replicas } = await stack.placement();
          return replicas.length === 2 && replicas.every(({ state }) => state === 'serving');
        });
      }
      const { sent, failures } = await load.stop();
      expect(failures).toEqual([]);
      const why = await linesOf('pinner', /placement file has version 99/);
      expect(why.at(-1)).toMatch(/run the pinner and its readers from the same release/);
      expect(await linesOf('app', /keeps its placement: .*version 99/)).not.toHaveLength(0);
      expect(await linesOf('pinner', /^\s+at /)).toEqual([]);
      measured(
        `${Object.keys(SPOILT).length} ways, twice each: 0 of ${sent} failed; written anew within ${(slowest / 1000).toFixed(1)} s`,
      );
    },
  );
});
