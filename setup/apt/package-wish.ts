/** Packages to install. */
export interface PackageWish {
  readonly packages: readonly string[];
  /** A Debian release other than the machine's own that they come from, by codename; null: the machine's own. */
  readonly release: string | null;
  /** Packages to install besides, always the machine's own. */
  readonly ownPackages?: readonly string[];
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
      : `Debian ${wish.release} (for this once: the apt sources stay as they are)`;
  const own = wish.ownPackages ?? [];
  const rest =
    wish.release === null || own.length === 0 ? '' : `; ${own.join(', ')} from ${systemName}'s own packages`;
  const names = wish.release === null ? [...wish.packages, ...own] : wish.packages;
  return `${names.join(', ')} from ${from}${rest}`;
}
