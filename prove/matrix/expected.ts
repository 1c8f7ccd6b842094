/** What a cell holds. */
export interface Cell {
  /** How many processes answered, by their PIDs. */
  readonly distinct: number;
  readonly requests: number;
  /** Whether two requests were under way at one time. */
  readonly overlapped: boolean;
}

/** How many processes may answer: just so many, or one of these. */
type Count = number | readonly number[];

/**
 * What has to come out on every machine: how many processes answer, for each server in the order of servers.ts (two
 * workers, three replicas), and whether requests overlap. None of it hangs on speed: requests that do not overlap are
 * sent one after another, and those that may are kept from being answered until both have been asked.
 */
const EXPECTED: Readonly<Record<string, { distinct: readonly Count[]; overlapped: boolean }>> = {
  reload: { distinct: [1, 3, 3, 1, 1, 1], overlapped: false },
  // percore's answers end the wait with their headers, as they are no-store. Whether the connection is free again by
  // then, or another one is opened, is up to the browser.
  'tabs-same-url': { distinct: [1, 3, 3, 1, 1, [1, 2]], overlapped: false },
  'tabs-distinct-urls': { distinct: [2, 3, 3, 1, 1, 2], overlapped: true },
  'two-profiles': { distinct: [2, 3, 3, 1, 2, 2], overlapped: true },
  'curl-loop': { distinct: [2, 3, 3, 1, 3, 3], overlapped: false },
  'curl-keep-alive': { distinct: [1, 3, 3, 1, 3, 1], overlapped: false },
  'curl-cookies': { distinct: [2, 3, 3, 1, 1, 3], overlapped: false },
  'distinct-24s': { distinct: [2, 3, 3, 3, 3, 3], overlapped: false },
  'same-24': { distinct: [2, 3, 3, 1, 3, 3], overlapped: false },
  'local-addresses': { distinct: [2, 3, 3, 1, 3, 3], overlapped: false },
};

/** How many processes may answer there, in ascending order. */
export function expectedCounts(client: string, column: number): readonly number[] {
  const count = EXPECTED[client]?.distinct[column];
  if (count === undefined) throw new Error(`Nothing is expected of ${client} in column ${column}.`);
  return typeof count === 'number' ? [count] : count;
}

export function expectedToOverlap(client: string): boolean {
  return EXPECTED[client]?.overlapped ?? false;
}

export function isAsExpected(client: string, column: number, { distinct, overlapped }: Cell): boolean {
  return expectedCounts(client, column).includes(distinct) && overlapped === expectedToOverlap(client);
}
