/** A larger n is answered as this one: as the tutorial does, and because its sum still takes under a second. */
export const LARGEST_COUNT = 5_000_000_000;

export const COUNT_RULE = 'n is written in decimal digits (0 to 9) only';

export type Count = { readonly n: number; readonly clamped: boolean };

/** Reads the n of `/api/:n`. @returns undefined when it breaks COUNT_RULE */
export function parseCount(text: string): Count | undefined {
  if (!/^[0-9]+$/.test(text)) return undefined;
  // Rounding begins far above the cap, and hundreds of digits become Infinity: both are clamped all the same.
  const wanted = Number(text);
  return wanted > LARGEST_COUNT ? { n: LARGEST_COUNT, clamped: true } : { n: wanted, clamped: false };
}
