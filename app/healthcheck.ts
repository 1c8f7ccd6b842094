import net from 'node:net';
import os from 'node:os';
import { socketPath } from '../placement/paths.ts';

/** In milliseconds; a sum's slice delays an answer by a few. */
const TIMEOUT = 2000;

// By hand rather than by node:http, which takes longer to load than the whole check does: it runs every few seconds.
const socket = net.connect(socketPath(os.hostname()));
socket.setTimeout(TIMEOUT, () => finish(1));
socket.on('error', () => finish(1));
socket.on('data', (start) => finish(start.toString('latin1').startsWith('HTTP/1.1 200 ') ? 0 : 1));
socket.on('end', () => finish(1));
socket.write('GET / HTTP/1.1\r\nHost: healthcheck\r\nConnection: close\r\n\r\n');

function finish(code: 0 | 1): void {
  process.exit(code);
}
