/**
 * How much room text takes on a slide, in pixels of its 1280 x 720, from counted lines. The sizes are those of
 * slides.css. Widths are on the safe side, since every system has its own fonts; where a count is still too low,
 * fit.js shrinks the slide in the browser.
 *
 * @module
 */

/** The room for content between a slide's margins. */
export const room = { width: 1136, height: 616 };

/** Between two items, one above the other. */
export const gap = 20;

/** One kind of text: pixels for a line, characters in it, and what stands around the lines. */
export interface Kind {
  line: number;
  columns: number;
  around: number;
}

/** The kinds of text on a slide. */
export const kinds = {
  title: { line: 72, columns: 32, around: 48 },
  prose: { line: 37, columns: 78, around: 0 },
  item: { line: 37, columns: 74, around: 6 },
  quote: { line: 33, columns: 84, around: 30 },
  heading: { line: 50, columns: 44, around: 12 },
  subheading: { line: 40, columns: 60, around: 4 },
  code: { line: 29, columns: 88, around: 36 },
  output: { line: 26, columns: 98, around: 0 },
  short: { line: 29, columns: 88, around: 0 },
  row: { line: 30, columns: 82, around: 13 },
  note: { line: 26, columns: 110, around: 0 },
} as const satisfies Record<string, Kind>;

/** Lines of text as they wrap, and the pixels of all of them. */
export function height(text: string, { line, columns, around }: Kind): number {
  return rowsOf(text, columns) * line + around;
}

/** How many rows a text takes, wrapped at so many columns. */
export function rowsOf(text: string, columns: number): number {
  return text.split("\n").reduce((rows, line) => rows + Math.max(1, Math.ceil(widthOf(line) / columns)), 0);
}

/** Columns that a line takes: an ideograph or an emoji takes two. */
function widthOf(line: string): number {
  return line.length +
    (line.match(/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/g)?.length ?? 0);
}
