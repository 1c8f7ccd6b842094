import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DockerError } from './docker-error.ts';
import { inspectReply, listReply, readReply, updateReply } from './replies.ts';

const SCHEMAS = { inspectReply, listReply, updateReply };

describe.each(Object.entries(SCHEMAS))('readReply, %s', (_name, schema) => {
  it('gives what fits, or a short DockerError, of whatever answers', () => {
    const values = fc.anything({
      key: fc.constantFrom('Id', 'State', 'Labels', 'HostConfig', 'Warnings', 'Pid', '__proto__', 'x'),
      values: [
        fc.string(),
        fc.integer(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.constant('ab'.repeat(32)),
      ],
    });
    const answers = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      values.map((value) => JSON.stringify(value) ?? ''),
    );
    fc.assert(
      fc.property(answers, (text) => {
        try {
          readReply<unknown>(schema, text, 'a call');
        } catch (error) {
          expect(error).toBeInstanceOf(DockerError);
          expect((error as Error).message).toMatch(/^Docker's answer to a call is not/);
          expect((error as Error).message.length).toBeLessThan(500);
        }
      }),
    );
  });
});

describe('readReply', () => {
  it('takes no number of a process from what is none', () => {
    const State = { Status: 'running', Running: true, Restarting: false, StartedAt: '' };
    const pids = fc.oneof(fc.jsonValue(), fc.double(), fc.constantFrom(-1, 1.5, 2 ** 60));
    fc.assert(
      fc.property(pids, (Pid) => {
        const reply = { Id: 'ab'.repeat(32), State: { ...State, Pid }, HostConfig: {} };
        const isPid = Number.isInteger(Pid) && (Pid as number) >= 0;
        const read = () => readReply(inspectReply, JSON.stringify(reply), 'a call').State.Pid;
        if (isPid) expect(read()).toBe(Object.is(Pid, -0) ? 0 : Pid);
        else expect(read).toThrow(DockerError);
      }),
    );
  });
});
