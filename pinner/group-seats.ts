interface Seated {
  readonly container: string;
  readonly replica: number;
  readonly running: boolean;
}

/**
 * Puts replicas into seats, in order of replica number; each seat needs a core.
 *
 * Compose replaces a container by making a second one with the same number, which starts only when the first has
 * stopped. As long as not more than one of them runs they are one replica and share a seat: the new one takes over
 * the old one's core, and nobody else moves for the meantime. Within a seat the one that runs comes first.
 */
export function groupSeats<T extends Seated>(replicas: readonly T[]): T[][] {
  const ordered = replicas.toSorted(
    (a, b) =>
      a.replica - b.replica || Number(b.running) - Number(a.running) || (a.container < b.container ? -1 : 1),
  );
  const byNumber = Map.groupBy(ordered, ({ replica }) => replica);
  return [...byNumber.values()].flatMap((same) =>
    same.filter(({ running }) => running).length > 1 ? same.map((one) => [one]) : [same],
  );
}
