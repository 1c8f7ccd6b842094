import { Buffer } from 'node:buffer';
import type { ServerResponse } from 'node:http';
import type { Request } from 'express';
import type { Identity } from '../identity/find-identity.ts';
import { wantsJson } from './wants-json.ts';

export const JSON_TYPE = 'application/json';
export const TEXT_TYPE = 'text/plain; charset=utf-8';

/** Names and values in turn, as `writeHead` takes them fastest. */
type HeaderList = readonly string[];
/** A reply that is the same until the identity changes. */
type FixedReply = { readonly headers: readonly string[][]; readonly body: string };
/** The same facts in both forms. */
type Answer = { readonly text: FixedReply; readonly json: FixedReply };

/**
 * For a page of another origin, such as the lab's, which asks the ports of every mode: its scripts may read the reply,
 * and who sent it. To let every page do so is safe, as no reply depends on who asks and nothing can be changed.
 * Through the port per connection only the replica itself can say it.
 */
const FOR_PAGES = [
  ...['Access-Control-Allow-Origin', '*'],
  ...['Access-Control-Expose-Headers', 'X-Replica, X-Core'],
  // When its connection was opened and when it was sent, which is what tells reuse and waiting apart.
  ...['Timing-Allow-Origin', '*'],
];

/** For browsers that reach the replica itself, through the port per connection: Nginx's own words on the other ports. */
export const FOR_BROWSERS = [
  ...['X-Content-Type-Options', 'nosniff'],
  ...['Content-Security-Policy', "frame-ancestors 'none'"],
  ...['Referrer-Policy', 'no-referrer'],
  ...['Cross-Origin-Resource-Policy', 'same-site'],
];

/** How Nginx marks what it passes on (nginx/http/forward-requests.conf). */
export const THROUGH_NGINX = '1.1 percore';

/** What a reply says on top of the common headers, by the number that `audienceOf` gives. */
const FOR_AUDIENCE = [[], FOR_PAGES, FOR_BROWSERS, [...FOR_BROWSERS, ...FOR_PAGES]] as const;

/**
 * What every reply needs to know, made anew only when the identity changes: what can be, is put together
 * beforehand, since `/pid` is answered tens of thousands of times a second.
 */
export class Replies {
  readonly identity: Identity;
  /** On every reply, errors included. */
  readonly commonHeaders: HeaderList;
  readonly hello: Answer;
  readonly pid: Answer;

  /** @param closing whether the server is stopping, and each reply is its connection's last */
  constructor(identity: Identity, { closing = false } = {}) {
    this.identity = identity;
    this.commonHeaders = [
      ...['X-Replica', String(identity.replica)],
      ...['X-Core', identity.core === null ? 'none' : String(identity.core)],
      // Each reply tells who answered it, so no cache may answer for the next.
      ...['Cache-Control', 'no-store'],
      ...(closing ? ['Connection', 'close'] : []),
    ];
    const { pid, replica, core } = identity;
    this.hello = this.#answer('Hello World!', { message: 'Hello World!', pid, replica, core });
    this.pid = this.#answer(`Which PID handled this process: ${pid}`, { pid, replica, core });
  }

  #answer(text: string, facts: object): Answer {
    return { text: this.#fixed(text, TEXT_TYPE), json: this.#fixed(JSON.stringify(facts), JSON_TYPE) };
  }

  #fixed(body: string, type: string): FixedReply {
    const headers = this.headersFor(body, type);
    return { headers: FOR_AUDIENCE.map((more) => [...headers, ...more]), body };
  }

  headersFor(body: string, type: string): string[] {
    const length = String(Buffer.byteLength(body));
    return ['Content-Type', type, 'Content-Length', length, ...this.commonHeaders];
  }

  send(res: ServerResponse, status: number, body: string, type: string, extraHeaders: HeaderList = []): void {
    res.writeHead(status, [...this.headersFor(body, type), ...headersForAudience(res), ...extraHeaders]);
    res.end(body);
  }
}

export function sendAnswer(req: Request, res: ServerResponse, { text, json }: Answer): void {
  const { headers, body } = wantsJson(req) ? json : text;
  const audience = audienceOf(res);
  if (isThroughNginx(audience)) leaveToNginx(res);
  res.writeHead(200, headers[audience]);
  res.end(body);
}

/** What a reply says on top of the common headers to a page of another origin, and to who comes past Nginx. */
export function headersForAudience(res: ServerResponse): HeaderList {
  return FOR_AUDIENCE[audienceOf(res)];
}

const isThroughNginx = (audience: number): boolean => audience < 2;

/** Nginx drops these headers and writes its own: so they are not made, sent and read. */
function leaveToNginx(res: ServerResponse): void {
  res.sendDate = false;
  // Connection, and with it Keep-Alive. Connections are kept without it, unless a reply says otherwise (RFC 9112, section 9.3).
  res.removeHeader('Connection');
}

/** Browsers send Origin with what a script asks of another origin; other clients do not, and are told nothing of it. */
function audienceOf({ req }: ServerResponse): 0 | 1 | 2 | 3 {
  const isFromPage = req.headers.origin !== undefined;
  if (req.headers.via === THROUGH_NGINX) return isFromPage ? 1 : 0;
  return isFromPage ? 3 : 2;
}
