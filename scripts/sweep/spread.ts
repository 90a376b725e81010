/** How far some numbers lie apart. */
export interface Spread {
  least: number;
  /** A quarter of the numbers are below it. */
  low: number;
  median: number;
  /** A quarter of the numbers are above it. */
  high: number;
  most: number;
}

/** The spread of numbers; undefined where there are none. */
export function spreadOf(numbers: number[]): Spread | undefined {
  if (numbers.length === 0) return undefined;
  const sorted = Float64Array.from(numbers).sort();
  const at = (part: number) => {
    const place = part * (sorted.length - 1);
    const below = Math.floor(place);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
  };
  return { least: at(0), low: at(0.25), median: at(0.5), high: at(0.75), most: at(1) };
}
