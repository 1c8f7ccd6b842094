/** Packages to install. */
export interface PackageWish {
  readonly packages: readonly string[];
  /** A Debian release other than the machine's own, by codename; null: the machine's own sources. */
  readonly release: string | null;
  /** Why, to complete "percore needs ...". */
  readonly purpose: string;
  /** Only works out what would be done. */
  readonly dryRun?: boolean;
}

/** The wish in one line: what comes, and from where. */
export function describeWish(wish: PackageWish, systemName: string): string {
  const from =
    wish.release === null
      ? `${systemName}'s own packages`
      : `Debian ${wish.release}, with what they need of it (for this once: the apt sources stay as they are)`;
  return `${wish.packages.join(', ')} from ${from}`;
}
