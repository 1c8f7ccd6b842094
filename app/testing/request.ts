import http from 'node:http';
import net from 'node:net';
import { text } from 'node:stream/consumers';

export type Answer = { status: number; headers: http.IncomingHttpHeaders; body: string };

export type Question = {
  method?: string;
  headers?: http.OutgoingHttpHeaders;
  signal?: AbortSignal;
  agent?: http.Agent;
};

/** Asks over a UNIX socket, the path exactly as it is given. */
export function ask(socketPath: string, path: string, question: Question = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const req = http.request({ socketPath, path, agent: false, ...question });
    req.on('error', reject);
    req.on('response', async (res) => {
      try {
        resolve({ status: res.statusCode ?? 0, headers: res.headers, body: await text(res) });
      } catch (error) {
        reject(error);
      }
    });
    req.end();
  });
}

/** Sends bytes as they are. @returns all that comes back until the connection ends */
export async function sendRaw(socketPath: string, bytes: string): Promise<string> {
  const socket = net.connect(socketPath);
  socket.write(bytes);
  return await text(socket);
}
