/** The share of their pairs of letters that two names have in common, from 0 to 1. */
export function likenessOf(a: string, b: string): number {
  const pairs = (text: string) => new Set(Array.from(text, (_, i) => text.slice(i, i + 2)).slice(0, -1));
  const [inA, inB] = [pairs(a), pairs(b)];
  return 2 * inA.intersection(inB).size / Math.max(1, inA.size + inB.size);
}
