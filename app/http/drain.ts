import { rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** For replies that are written and not yet taken by a slow client, in milliseconds. */
const LAST_WORDS_MILLISECONDS = 1000;

/**
 * Stops a server so that no request is lost: no connection can come any more, and those that are there are answered.
 * @param seconds after which `giveUp` is called, which must answer what is left
 */
export async function drain(
  server: Server,
  socket: string,
  seconds: number,
  giveUp: () => void,
): Promise<void> {
  rmSync(socket, { force: true });
  // What had connected before, and waits in the listening queue, would be reset by closing it: take it in first.
  await nextTurn();
  await nextTurn();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const timers: NodeJS.Timeout[] = [];
  timers.push(
    setTimeout(() => {
      giveUp();
      timers.push(setTimeout(() => server.closeAllConnections(), LAST_WORDS_MILLISECONDS));
    }, seconds * 1000),
  );
  await closed;
  timers.forEach(clearTimeout);
}
