/** A generator of numbers in [0, 1) that gives the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Bytes that parsers care about. */
const SPICES = [
  ...[
    '\0',
    '\r',
    '\n',
    '\r\n',
    '\r\n\r\n',
    ' ',
    '\t',
    ':',
    ';',
    ',',
    '/',
    '%',
    '%00',
    '..',
    '\\',
    '"',
    '\xff',
  ],
  ...['HTTP/1.1', 'HTTP/1.0', 'GET /pid HTTP/1.1\r\n', 'Host: a\r\n', 'Content-Length: 5\r\n', '0\r\n\r\n'],
  ...['Transfer-Encoding: chunked\r\n', 'Expect: 100-continue\r\n', 'Connection: close\r\n', '9'.repeat(40)],
];

/** A request with one to five changes to it, which may make it something else altogether. */
export function mutate(requests: readonly string[], random: () => number): string {
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(from: readonly T[]) => from[below(from.length)] as T;
  // Long ones are about their length, and cost time.
  const short = requests.filter(({ length }) => length <= 2000);
  let text = pick(short);
  for (let changes = 1 + below(5); changes > 0; changes -= 1) {
    const at = below(text.length + 1);
    const length = below(20);
    const [before, after] = [text.slice(0, at), text.slice(at)];
    text = pick([
      () => before + String.fromCharCode(below(256)) + after.slice(1),
      () => before + pick(SPICES) + after,
      () => before + after.slice(length),
      () => before + after.slice(0, length) + after,
      () => before + pick(short).slice(below(100)),
      () => before,
      () => before + Array.from({ length }, () => String.fromCharCode(below(256))).join('') + after,
    ])();
  }
  return text;
}
