/** Does the same with many things, so many at a time. */
export async function inParallel<Thing>(
  things: Iterable<Thing>,
  atATime: number,
  work: (thing: Thing) => Promise<void>,
): Promise<void> {
  const left = things[Symbol.iterator]();
  const takeTurns = async (): Promise<void> => {
    for (let next = left.next(); !next.done; next = left.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: atATime }, takeTurns));
}
