/** The first words of a timeline's description, by which a page knows the pictures that it can replay. */
export const eachLane = "A lane for each of ";

/** The remark that a prediction was left empty; paper, on which one writes, leaves it out. */
export const noGuess = " (You predicted nothing.)";

/** Writes seconds as in a sentence: `20.3 s`; a dash for NaN and Infinity. */
export function seconds(value: number, digits = 1): string {
  return Number.isFinite(value) ? `${value.toFixed(digits)} s` : "–";
}

/** Writes the mean and the longest latency as a clause; nothing if there is no latency. */
export function waited({ mean, max }: { mean: number; max: number }, start: string): string {
  if (!Number.isFinite(mean)) return "";
  return `${start} item waited ${seconds(mean, 2)} on average, ${seconds(max, 2)} at the most`;
}

/** Writes a number with its noun: `1 item`, `20 items`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

/** Counts `name`, and returns a unique one: `name`, and `name (2)` for the second. */
export function uniqueName(name: string, counts: Map<string, number>): string {
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  return count === 1 ? name : `${name} (${count})`;
}

const list = new Intl.ListFormat("en-GB");

/** Writes a list as in a sentence: `a, b and c`. Of a long list, the first twenty and the number of the others. */
export function listOf(parts: readonly string[]): string {
  const more = parts.length - 20;
  return list.format(more > 1 ? [...parts.slice(0, 20), `${more} more`] : parts);
}

/** Returns at most `most` of the rows, evenly spread, with the first and the last: more would make no clearer picture. */
export function thin<T>(rows: readonly T[], most: number): T[] {
  if (rows.length <= most) return [...rows];
  return Array.from({ length: most }, (_, i) => rows[Math.round(i * (rows.length - 1) / (most - 1))]);
}

/** Returns the greatest number of items that waited at once. */
export function greatestDepth(rows: readonly { size: number }[]): number {
  return rows.reduce((most, { size }) => Math.max(most, size), 0);
}

/** Returns at most `most` of the rows, like {@linkcode thin}, but keeps the least and greatest of each stretch. */
export function thinDepth<T extends { time: number; size: number }>(rows: readonly T[], most: number): T[] {
  if (rows.length <= most) return [...rows];
  const kept = new Set([rows[0], rows.at(-1)!]);
  const length = Math.ceil(rows.length / Math.floor((most - kept.size) / 2));
  for (let at = 0; at < rows.length; at += length) {
    const stretch = rows.slice(at, at + length);
    kept.add(stretch.reduce((least, row) => row.size < least.size ? row : least));
    kept.add(stretch.reduce((greatest, row) => row.size > greatest.size ? row : greatest));
  }
  return [...kept].sort((a, b) => a.time - b.time);
}

/** Makes Deno and Node print a sentence for each object with this prototype, whose properties would fill the screen. */
export function printedAs<T extends object>(prototype: T, sentence: (value: T) => string): void {
  Object.defineProperty(prototype, Symbol.for("nodejs.util.inspect.custom"), { // which Deno takes, too
    value(this: T) {
      return sentence(this);
    },
  });
}
