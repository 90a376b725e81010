/** Seconds as they are written in a sentence: `20.3 s`; a dash where there is no such time. */
export function seconds(value: number, digits = 1): string {
  return Number.isFinite(value) ? `${value.toFixed(digits)} s` : "–";
}

/** A number and its thing: `1 item`, `20 items`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

/** At most `most` of the rows, evenly spread, the last among them: a picture of more is no clearer, only larger. */
export function thin<T>(rows: readonly T[], most: number): T[] {
  if (rows.length <= most) return [...rows];
  return Array.from({ length: most }, (_, i) => rows[Math.round(i * (rows.length - 1) / (most - 1))]);
}
