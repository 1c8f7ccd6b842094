import * as v from 'valibot';
import { DockerError } from './docker-error.ts';

// Only the fields that are used: an engine may add and drop the others as it likes.

const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

export const listReply = v.array(
  v.object({
    Id: id,
    State: v.optional(v.string(), ''),
    Labels: v.optional(v.nullable(v.record(v.string(), v.string())), {}),
  }),
);

export const inspectReply = v.object({
  Id: id,
  State: v.object({
    Status: v.string(),
    Running: v.boolean(),
    Restarting: v.boolean(),
    Dead: v.optional(v.boolean(), false),
    Pid: v.pipe(v.number(), v.integer(), v.minValue(0)),
    StartedAt: v.string(),
  }),
  HostConfig: v.object({ CpusetCpus: v.optional(v.string(), '') }),
});

export const updateReply = v.object({ Warnings: v.optional(v.nullable(v.array(v.string())), []) });

/** @throws DockerError when the text is not JSON of that form. */
export function readReply<T>(schema: v.GenericSchema<unknown, T>, text: string, what: string): T {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new DockerError(`Docker's answer to ${what} is not JSON: ${JSON.stringify(text.slice(0, 80))}`);
  }
  const result = v.safeParse(schema, data);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const where = (v.getDotPath(issue) ?? 'its top').slice(0, 80);
  throw new DockerError(
    `Docker's answer to ${what} is not as expected at ${where}: ${issue.message.slice(0, 200)}`,
  );
}
