import { connect } from 'node:net';

/** Whether something listens on the UNIX socket: a connection is made within `timeoutMs` and closed at once. */
export function connectSocket(path: string, timeoutMs = 500): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const end = (listens: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(listens);
    };
    const timer = setTimeout(end, timeoutMs, false);
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
