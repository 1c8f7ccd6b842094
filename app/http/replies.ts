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
type FixedReply = { readonly headers: string[]; readonly pageHeaders: string[]; readonly body: string };
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
    return { headers, pageHeaders: [...headers, ...FOR_PAGES], body };
  }

  headersFor(body: string, type: string): string[] {
    const length = String(Buffer.byteLength(body));
    return ['Content-Type', type, 'Content-Length', length, ...this.commonHeaders];
  }

  send(res: ServerResponse, status: number, body: string, type: string, extraHeaders: HeaderList = []): void {
    res.writeHead(status, [...this.headersFor(body, type), ...headersForPage(res), ...extraHeaders]);
    res.end(body);
  }
}

export function sendAnswer(req: Request, res: ServerResponse, { text, json }: Answer): void {
  const { headers, pageHeaders, body } = wantsJson(req) ? json : text;
  res.writeHead(200, comesFromPage(res) ? pageHeaders : headers);
  res.end(body);
}

/** What a reply to a page of another origin says on top of the common headers. */
export function headersForPage(res: ServerResponse): HeaderList {
  return comesFromPage(res) ? FOR_PAGES : [];
}

/** Browsers send Origin with what a script asks of another origin; other clients do not, and are told nothing. */
function comesFromPage(res: ServerResponse): boolean {
  return res.req.headers.origin !== undefined;
}
