import { parseEnv } from 'node:util';

/** What os-release(5) says of a Linux system. */
export interface OsRelease {
  readonly id: string;
  /** The systems it is derived from, nearest first. */
  readonly like: readonly string[];
  /** The major version; null where there is none (Debian testing and sid). */
  readonly major: number | null;
  readonly codename: string;
  readonly prettyName: string;
}

export function parseOsRelease(text: string): OsRelease {
  const fields: Readonly<Record<string, string | undefined>> = parseEnv(text);
  const major = Number.parseInt(fields.VERSION_ID ?? '', 10);
  return {
    id: (fields.ID ?? '').toLowerCase(),
    like: (fields.ID_LIKE ?? '').toLowerCase().split(/\s+/).filter(Boolean),
    major: Number.isNaN(major) ? null : major,
    codename: fields.VERSION_CODENAME ?? '',
    prettyName: fields.PRETTY_NAME ?? fields.ID ?? 'this system',
  };
}
