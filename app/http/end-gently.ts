import type { Duplex } from 'node:stream';

/** For a client that is still sending, in milliseconds. */
const LAST_BYTES_MILLISECONDS = 1000;

/**
 * Ends a connection on which more may come that nobody reads. To close it with bytes unread would be a reset, which can
 * overtake the answer (RFC 9112, section 9.6): so they are read, and dropped, until the client ends it or a second has
 * passed.
 */
export function endGently(socket: Duplex, lastWords = ''): void {
  // Node's parser among them, which would take the rest for requests.
  socket.removeAllListeners('data');
  socket.on('data', () => {});
  socket.on('end', () => socket.destroy());
  const timer = setTimeout(() => socket.destroy(), LAST_BYTES_MILLISECONDS);
  socket.on('close', () => clearTimeout(timer));
  socket.end(lastWords);
}
