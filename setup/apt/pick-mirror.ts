import type { AptSource } from './parse-sources.ts';

/** Where this machine gets Debian itself from. */
export interface Mirror {
  readonly uri: string;
  /** The keyring its sources name; empty when they name none. */
  readonly signedBy: string;
  /** Whether it is known to carry `<codename>-updates`. */
  readonly hasUpdates: boolean;
  /** Where the security updates come from; null when the machine has no such source. */
  readonly securityUri: string | null;
}

/**
 * Picks the Debian mirror from the machine's own sources: the one that serves the release itself from `main`.
 * A third party may call its suite by the codename too, so a source signed by anyone but Debian never counts, and one
 * that carries the release's updates or that names Debian's keyring goes before one that does not.
 */
export function pickMirror(sources: readonly AptSource[], codename: string): Mirror | null {
  const debian = sources.filter((source) => source.components.includes('main') && isDebians(source));
  const serves = (suite: string) => debian.filter((source) => source.suites.includes(suite));
  const updates = new Set(serves(`${codename}-updates`).flatMap(onlineUris).map(normalise));
  const candidates = serves(codename).flatMap((source) =>
    onlineUris(source).map((uri) => {
      const hasUpdates = updates.has(normalise(uri));
      const score =
        Number(hasUpdates) * 4 + Number(source.signedBy !== '') * 2 + Number(/\/debian\/?$/.test(uri));
      return { uri, signedBy: source.signedBy, hasUpdates, score };
    }),
  );
  const best = candidates
    .filter(({ uri }) => !/security/.test(uri))
    .toSorted((one, other) => other.score - one.score)[0];
  if (best === undefined) return null;
  const { uri, signedBy, hasUpdates } = best;
  const securityUri = serves(`${codename}-security`).flatMap(onlineUris)[0] ?? null;
  return { uri, signedBy, hasUpdates, securityUri };
}

function isDebians(source: AptSource): boolean {
  return source.signedBy === '' || /(^|\/)debian-archive-[\w.-]*$/.test(source.signedBy);
}

function onlineUris(source: AptSource): string[] {
  return source.uris.filter((uri) => !/^cdrom:/i.test(uri));
}

function normalise(uri: string): string {
  return uri.replace(/\/+$/, '');
}
