import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connectSocket } from './connect-socket.ts';

it('tells a socket that listens from none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'connect-'));
  const path = join(folder, 'a.sock');
  expect(await connectSocket(path)).toBe(false);
  const server = createServer((socket) => socket.end());
  await new Promise<void>((listening) => server.listen(path, listening));
  expect(await connectSocket(path)).toBe(true);
  await new Promise((closed) => server.close(closed));
  rmSync(folder, { recursive: true });
});
