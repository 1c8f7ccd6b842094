import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type PlacementFile, parsePlacementFile } from '../../placement/placement-file.ts';
import { messageOf } from '../docker/docker-error.ts';
import { renderReplicasConf } from './replicas-conf.ts';
import { writeAtomically } from './write-atomically.ts';

/** All but the time of writing, which alone is no change. */
export type Placement = Omit<PlacementFile, 'writtenAt'>;

export interface Loaded {
  readonly file: Placement | null;
  readonly notice: string | null;
  /** Nginx has a list already. */
  readonly hasConf: boolean;
}

export interface PlacementStore {
  /**
   * The placement an earlier pinner left; null when there is none that can be used, with `notice` saying why (null
   * when there simply is no file).
   */
  load(project: string, service: string): Promise<Loaded>;
  /**
   * Writes what has changed, `writtenAt` apart, and what is not there any more as it was written.
   * @returns a sentence for each file that somebody else has changed or taken away.
   * @throws Error with a sentence when it cannot; call it again then.
   */
  save(file: Placement): Promise<string[]>;
}

/** @param folder the volume that the app and Nginx see read-only. */
export function openPlacementStore(folder: string): PlacementStore {
  const jsonPath = join(folder, 'placement.json');
  const confPath = join(folder, 'replicas.conf');
  let saved: Placement | null = null;
  /** As they were read or written last; null when there was none. */
  let jsonText: string | null = null;
  let confText: string | null = null;

  /** @returns whether it was another one than expected. */
  const put = async (path: string, text: string, expected: string | null): Promise<boolean> => {
    // Read each time: nobody else has the volume for writing, but a file that was lost would be missed until the
    // next change, which may be months away.
    const there = await readFile(path, 'utf8').catch(() => null);
    if (there === text) return false;
    try {
      await writeAtomically(path, text);
    } catch (error) {
      throw new Error(
        `${path} cannot be written: ${messageOf(error)}. The last one stays in force and writing is tried again; ` +
          'see that the volume has room and is writable for the pinner.',
      );
    }
    return there !== expected;
  };

  return {
    async load(project, service) {
      confText = await readFile(confPath, 'utf8').catch(() => null);
      const hasConf = Boolean(confText);
      try {
        jsonText = await readFile(jsonPath, 'utf8');
        const { writtenAt: _, ...file } = parsePlacementFile(jsonText);
        if (file.project !== project || file.service !== service) {
          throw new Error(`it is of project ${file.project}, service ${file.service}`);
        }
        saved = file;
        return { file, notice: null, hasConf };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { file: null, notice: null, hasConf };
        const notice = `The earlier ${jsonPath} is left aside (${messageOf(error)}); Docker is asked instead.`;
        return { file: null, notice, hasConf };
      }
    },

    // The placement goes first: it is the record from which `listed` is taken up again. If the pinner dies between
    // the two, the next one only has to add a line for Nginx, and never takes away one that served.
    async save(file) {
      let json = jsonText;
      if (json === null || !isDeepStrictEqual(file, saved)) {
        const { version, project, service, ...rest } = file;
        const whole = { version, project, service, writtenAt: new Date().toISOString(), ...rest };
        json = `${JSON.stringify(whole, null, 2)}\n`;
      }
      const lost: string[] = [];
      if (await put(jsonPath, json, jsonText)) lost.push(jsonPath);
      [saved, jsonText] = [file, json];
      const conf = renderReplicasConf(file);
      if (await put(confPath, conf, confText)) lost.push(confPath);
      confText = conf;
      return lost.map((path) => `${path} was changed or removed by somebody else, and is written again.`);
    },
  };
}
