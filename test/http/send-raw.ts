import { connect } from 'node:net';

/** An answer as it came, its header and body in latin1: a character for each byte. */
export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

export interface Exchange {
  /** In order, interim ones (100) included. */
  readonly answers: readonly RawAnswer[];
  /** What came and is no whole answer. */
  readonly rest: string;
  /** Whether the server ended the connection in time. */
  readonly closed: boolean;
}

export interface RawOptions {
  /** Milliseconds that the server has to end the connection; 5000 unless given. */
  readonly patience?: number;
  /** Milliseconds after which we say that nothing more comes from us; never unless given. */
  readonly halfCloseAfter?: number;
  /** Looks at the answers so far, and gives what to send next, or END. */
  readonly next?: (answers: readonly RawAnswer[]) => string | typeof END | undefined;
}

/** Nothing more comes from us. */
export const END = Symbol('end');

const PATIENCE_MS = 5_000;

/** Sends bytes (a character for each) over TCP as they are, and collects what comes until the server ends it. */
export function sendRaw(
  url: string,
  bytes: string,
  { halfCloseAfter, next, patience = PATIENCE_MS }: RawOptions = {},
): Promise<Exchange> {
  const { hostname, port } = new URL(url);
  const answers: RawAnswer[] = [];
  let rest = '';
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const isHead = (): boolean => answers.length === 0 && bytes.startsWith('HEAD ');
    const settle = (closed: boolean): void => {
      clearTimeout(timer);
      clearTimeout(goodbye);
      socket.destroy();
      resolve({ answers, rest, closed });
    };
    const timer = setTimeout(() => settle(false), patience);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      rest += chunk;
      for (let taken = takeAnswer(rest, isHead()); taken; taken = takeAnswer(rest, isHead())) {
        answers.push(taken.answer);
        rest = rest.slice(taken.length);
      }
      const more = next?.(answers);
      if (more === END) socket.end();
      else if (more !== undefined) socket.write(more, 'latin1');
    });
    socket.on('end', () => settle(true));
    // A reset ends it as well, also in the middle of our writing.
    socket.on('error', () => settle(true));
    if (halfCloseAfter === 0) socket.end(bytes, 'latin1');
    else socket.write(bytes, 'latin1');
    const goodbye = halfCloseAfter ? setTimeout(() => socket.end(), halfCloseAfter) : undefined;
  });
}

/** The first whole answer of a text, and how long it is. */
function takeAnswer(text: string, isHead: boolean): { answer: RawAnswer; length: number } | undefined {
  const end = text.indexOf('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1]);
  if (end === -1 || !status) return undefined;
  const head = text.slice(0, end);
  const bodyless = isHead || status < 200 || status === 204 || status === 304;
  const length = bodyless ? 0 : Number(/^content-length: *(\d+)$/im.exec(head)?.[1] ?? 0);
  const whole = end + 4 + length;
  if (text.length < whole) return undefined;
  return { answer: { status, head, body: text.slice(end + 4, whole) }, length: whole };
}
