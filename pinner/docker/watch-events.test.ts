import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { afterEach, expect, it, vi } from 'vitest';
import { watchEvents } from './watch-events.ts';

const stop = new AbortController();
afterEach(() => vi.useRealTimers());

it('follows events through ends and failures, looks again at each opening, and says each trouble once', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const lines: string[] = [];
  const changed = vi.fn();
  const streams: PassThrough[] = [];
  const opened: (() => void)[] = [];
  let refuse = 0;
  const open = async () => {
    if (refuse-- > 0) throw new Error('no engine');
    const stream = new PassThrough();
    streams.push(stream);
    queueMicrotask(() => opened.shift()?.());
    return stream as unknown as IncomingMessage;
  };
  const nextOpen = () => new Promise<void>((resolve) => opened.push(resolve));

  const first = nextOpen();
  const log = (level: string, text: string) => lines.push(`${level} ${text}`);
  const done = watchEvents({ open, changed, log, signal: stop.signal, firstDelayMs: 1, lastDelayMs: 4 });
  await first;
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1));

  streams[0]?.write('not even JSON');
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(2));

  refuse = 3;
  const second = nextOpen();
  streams[0]?.end();
  await second;
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(3));
  expect(lines).toEqual([
    "warn Docker's events are not followed: the stream ended. Trying again.",
    "warn Docker's events are not followed: no engine. Trying again.",
    "info Docker's events are followed again.",
  ]);

  const third = nextOpen();
  streams[1]?.destroy(new Error('cut'));
  await third;
  stop.abort();
  await done;
});
