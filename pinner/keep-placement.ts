import { PLACEMENT_VERSION } from '../placement/placement-file.ts';
import { messageOf } from './docker/docker-error.ts';
import type { Placement, PlacementStore } from './output/placement-store.ts';
import { reportChanges } from './report-changes.ts';
import { type Memory, runPass, type Surroundings } from './run-pass.ts';

/**
 * Takes up what an earlier pinner left.
 * @param passed called after every pass that succeeded and was written.
 * @returns one pass with its writing and its log; it never rejects.
 */
export async function keepPlacement(
  around: Surroundings,
  store: PlacementStore,
  signal: AbortSignal,
  passed: () => void,
): Promise<() => Promise<void>> {
  const { log, config } = around;
  const { project, service } = config;
  const { file, notice, hasConf } = await store.load(project, service);
  if (notice !== null) log('warn', notice);

  let assigned: ReadonlyMap<string, number> = new Map(
    file?.replicas.flatMap(({ container, core }) => (core === null ? [] : [[container, core]])),
  );
  const attempts: Memory['attempts'] = new Map();
  let unstarted: Memory['unstarted'] = new Map();
  let placement: Placement | null = file;
  // A pinner that starts anew says anew what is wrong.
  let reported: Placement | null = file && {
    ...file,
    problems: [],
    replicas: file.replicas.map((one) => ({ ...one, problem: null })),
  };
  let writeTrouble = '';

  const save = async (next: Placement): Promise<boolean> => {
    try {
      for (const text of await store.save(next)) log('warn', text);
      if (writeTrouble) log('info', 'The placement is written again.');
      writeTrouble = '';
      return true;
    } catch (error) {
      if (messageOf(error) !== writeTrouble) log('error', messageOf(error));
      writeTrouble = messageOf(error);
      return false;
    }
  };
  const publish = async (next: Placement): Promise<boolean> => {
    // What could not be written is in force for nobody yet; it is told when it is.
    if (!(await save(next))) return false;
    for (const { level, text } of reportChanges(reported, next)) log(level, text);
    reported = next;
    return true;
  };

  // Nginx does not start without its list. One that is there is left to the first pass: an empty one would take the
  // replicas that serve now away from it until then.
  if (file) await save(file);
  else if (!hasConf) {
    const nothing = { cores: [], oversubscribed: false, problems: [], replicas: [] };
    placement = { version: PLACEMENT_VERSION, project, service, ...nothing };
    await save(placement);
  }

  return async () => {
    try {
      const result = await runPass(around, { placement, assigned, attempts, unstarted });
      if (signal.aborted) return;
      ({ placement, assigned, unstarted } = result);
      if (await publish(placement)) passed();
    } catch (error) {
      if (signal.aborted) return;
      // Nothing is known to have changed: all stays as it is, and the file says why it grows old.
      const problem = `The replicas cannot be looked after: ${messageOf(error)}.`;
      if (placement) await publish({ ...placement, problems: [problem] });
      else log('error', problem);
    }
  };
}
