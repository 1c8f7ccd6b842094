import { rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';

/** For replies that are written and not yet taken by a slow client, in milliseconds. */
const LAST_WORDS_MILLISECONDS = 1000;

/** Nginx asks within the millisecond in which it connects. */
const ABOUT_TO_ASK_MILLISECONDS = 50;

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
  await takeInTheQueue(server);
  // Those who have just connected are about to ask, and closing would end a connection that has asked nothing yet.
  await delay(ABOUT_TO_ASK_MILLISECONDS);
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

/**
 * Accepts what connected while the socket was there: closing the queue would reset it. A turn of the event loop
 * accepts one connection at least as long as there are any, so two turns without one mean that it is empty.
 */
async function takeInTheQueue(server: Server): Promise<void> {
  let emptyTurns = 0;
  const onConnection = () => {
    emptyTurns = 0;
  };
  server.on('connection', onConnection);
  while (emptyTurns < 2) {
    emptyTurns++;
    await nextTurn();
  }
  server.off('connection', onConnection);
}
