import * as v from 'valibot';

/** The only version this code reads and writes; another one is refused, never guessed at. */
export const PLACEMENT_VERSION = 1;

const cpu = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const nullable = <T>(schema: v.GenericSchema<T>) => v.nullable(schema);

/**
 * - `waiting`: the container exists and has not been placed yet.
 * - `placed`: running on its core, as the kernel confirms; it may listen.
 * - `serving`: placed, and its socket accepts connections.
 * - `down`: not running; its core and its socket are kept for it.
 * - `refused`: the pin was refused, ignored or could not be verified; it is not served.
 * - `unpinned`: as `refused`, but unpinned replicas are allowed; it may listen.
 */
export const replicaState = v.picklist(['waiting', 'placed', 'serving', 'down', 'refused', 'unpinned']);

const replica = v.object({
  /** Compose's container number, from 1. */
  replica: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  container: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  core: nullable(cpu),
  /** The server's PID as the host sees it; null when it is not running. */
  pid: nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  /**
   * When this life of the process began, in clock ticks since boot: field 22 of `/proc/<pid>/stat` (proc_pid_stat(5)).
   * With the container it names one life, so a restarted server cannot take an earlier one's PID for its own.
   */
  startTicks: nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  /** Docker's `State.StartedAt`; null when it never ran. */
  startedAt: nullable(v.string()),
  socket: v.string(),
  state: replicaState,
  /** Whether it stands in the upstream list: it has served at least once since its container was made. */
  listed: v.boolean(),
  problem: nullable(v.string()),
});

const placementFile = v.object({
  version: v.literal(PLACEMENT_VERSION),
  project: v.string(),
  service: v.string(),
  writtenAt: v.string(),
  /** The cores percore may use; `siblings` are the hardware threads of the same physical core, itself included. */
  cores: v.array(v.object({ core: cpu, siblings: v.array(cpu) })),
  /** More replicas than cores. */
  oversubscribed: v.boolean(),
  /** What is wrong now, a sentence each. */
  problems: v.array(v.string()),
  replicas: v.pipe(
    v.array(replica),
    // Two of a number there can be: Compose makes a container's successor before it removes the old one.
    v.check(
      (all) => new Set(all.map(({ container }) => container)).size === all.length,
      'one container stands there twice',
    ),
  ),
});

export type ReplicaState = v.InferOutput<typeof replicaState>;
export type PlacedReplica = v.InferOutput<typeof replica>;
export type PlacementFile = v.InferOutput<typeof placementFile>;

export class PlacementFileError extends Error {
  override readonly name = 'PlacementFileError';
}

/** As many faults as an error names; a file of another kind has them in every field. */
const NAMED_FAULTS = 3;

/**
 * Reads the text of a placement file.
 * @throws PlacementFileError, one line, when it is not JSON, of another version, or has a field of the wrong form.
 */
export function parsePlacementFile(text: string): PlacementFile {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new PlacementFileError(`The placement file is not JSON: ${inOneLine((error as Error).message)}`);
  }
  const version = (data as { version?: unknown } | null)?.version;
  if (version !== PLACEMENT_VERSION) {
    throw new PlacementFileError(
      `The placement file has version ${describe(version)}, and only version ${PLACEMENT_VERSION} can be read: ` +
        'run the pinner and its readers from the same release.',
    );
  }
  const result = v.safeParse(placementFile, data);
  if (result.success) return result.output;
  const faults = result.issues.slice(0, NAMED_FAULTS).map(describeFault);
  if (result.issues.length > NAMED_FAULTS) faults.push(`and ${result.issues.length - NAMED_FAULTS} more`);
  throw new PlacementFileError(`The placement file does not fit its schema: ${faults.join('; ')}`);
}

function describeFault(issue: v.BaseIssue<unknown>): string {
  return `${inOneLine(v.getDotPath(issue) ?? 'the file')}: ${inOneLine(issue.message)}`;
}

function describe(version: unknown): string {
  if (typeof version === 'object' && version !== null) return 'of another form';
  return inOneLine(JSON.stringify(version) ?? 'none');
}

/** What the file holds can be of any length, with line breaks in it. */
function inOneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 120)}…` : line;
}
