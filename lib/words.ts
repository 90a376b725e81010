/** Writes seconds as in a sentence: `20.3 s`; a dash if there is no such time. */
export function seconds(value: number, digits = 1): string {
  return Number.isFinite(value) ? `${value.toFixed(digits)} s` : "–";
}

/** Writes the mean and the longest of latencies as a clause; nothing if there are none. */
export function waited({ mean, max }: { mean: number; max: number }, start: string): string {
  if (!Number.isFinite(mean)) return "";
  return `${start} item waited ${seconds(mean, 2)} on average, ${seconds(max, 2)} at the most`;
}

/** Writes a number with its noun: `1 item`, `20 items`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

/** Returns at most `most` of the rows, evenly spread, with the last: a picture of more is no clearer, only larger. */
export function thin<T>(rows: readonly T[], most: number): T[] {
  if (rows.length <= most) return [...rows];
  return Array.from({ length: most }, (_, i) => rows[Math.round(i * (rows.length - 1) / (most - 1))]);
}

/** The greatest number of items that waited at once. */
export function greatestDepth(rows: readonly { size: number }[]): number {
  return rows.reduce((most, { size }) => Math.max(most, size), 0);
}

/**
 * Returns at most `most` of the depths, like {@linkcode thin}, but the least and the greatest of each stretch: a burst is
 * what such a picture is looked at for.
 */
export function thinDepth<T extends { size: number }>(rows: readonly T[], most: number): T[] {
  if (rows.length <= most) return [...rows];
  const stretches = Math.floor((most - 2) / 2);
  const kept = new Set([0, rows.length - 1]);
  for (let i = 0; i < stretches; i++) {
    const from = Math.floor(i * rows.length / stretches);
    const to = Math.floor((i + 1) * rows.length / stretches);
    let [least, greatest] = [from, from];
    for (let at = from; at < to; at++) {
      if (rows[at].size < rows[least].size) least = at;
      if (rows[at].size > rows[greatest].size) greatest = at;
    }
    kept.add(least).add(greatest);
  }
  return [...kept].sort((a, b) => a - b).map((at) => rows[at]);
}
