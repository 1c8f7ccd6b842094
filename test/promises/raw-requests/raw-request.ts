/** What a port answers to one entry of the corpus. */
export interface Expected {
  /** In order; none where the connection is closed without an answer. */
  readonly statuses: readonly number[];
  /** Whether the connection takes a further request afterwards. */
  readonly keeps: boolean;
  /** Ends it without saying so in the last answer. */
  readonly unannounced?: true;
  /** An answer of HTTP/0.9, which is a body and nothing else. */
  readonly bare?: true;
}

/**
 * A name, the bytes (a character for each), what the HTTP ports answer, and, where it differs, what the port per
 * connection does, on which Node's own parser reads.
 */
export type RawRequest = readonly [name: string, bytes: string, nginx: Expected, node?: Expected];

/** These answers, and the connection goes on. */
export const keeps = (...statuses: number[]): Expected => ({ statuses, keeps: true });

/** These answers, or none, and the connection ends. */
export const closes = (...statuses: number[]): Expected => ({ statuses, keeps: false });

/** As `closes`, but that the last answer does not say so: what Nginx does when it finds a file changed (412). */
export const drops = (...statuses: number[]): Expected => ({ statuses, keeps: false, unannounced: true });

export const bare = (): Expected => ({ statuses: [], keeps: false, bare: true });

/** A request line and header lines as they are given, and the empty line. */
export const lines = (...all: string[]): string => `${all.join('\r\n')}\r\n\r\n`;

/** A GET that is right but for what is in its path or its further header lines. */
export const get = (path: string, ...headers: string[]): string =>
  lines(`GET ${path} HTTP/1.1`, 'Host: localhost', ...headers);

/** As `get`, of another method; its body, if any, follows. */
export const ask = (method: string, path: string, ...headers: string[]): string =>
  lines(`${method} ${path} HTTP/1.1`, 'Host: localhost', ...headers);
