import type { Browser } from 'playwright-core';
import type { Tap } from '../wire/tap-wire.ts';

/** So many requests in every cell: each replica's turn comes several times, whether there are two or three. */
export const REQUESTS = 12;

/** What a client is given to ask a server with. */
export interface Visit {
  /** It stands before the server. */
  readonly tap: Tap;
  /** Two browsers, each a program of its own with its own folder of user data. */
  readonly browsers: readonly [Browser, Browser];
}

/** A row of the matrix. */
export interface Client {
  readonly id: string;
  /** Its name, as Markdown. */
  readonly name: string;
  /** What its row shows, in a sentence. */
  readonly lesson: string;
  /** Asks just REQUESTS times, and gives the answers as the client shows them. */
  readonly ask: (visit: Visit) => Promise<string[]>;
}
