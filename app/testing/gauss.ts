/** The sum of 0..n by Gauss's formula: what the loop must come to. */
export function gauss(n: number): bigint {
  return (BigInt(n) * (BigInt(n) + 1n)) / 2n;
}
