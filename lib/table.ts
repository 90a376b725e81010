import { Showable } from "./display.ts";
import { escapeMarkup } from "./escape.ts";

/**
 * Makes a table with a column for each key of the first row. Numbers are aligned to the right, with two decimals if any in
 * the column is not whole.
 *
 * ```ts
 * import { show, table } from "@course/lib";
 *
 * await show(table([{ run: "synchronous", total: 30.2 }, { run: "async", total: 20.2 }]));
 * ```
 */
export function table(rows: Record<string, string | number>[]): Showable {
  const keys = Object.keys(rows[0] ?? {});
  const digits = keys.map((key) => rows.every((row) => Number.isInteger(row[key])) ? 0 : 2);
  const cells = rows.map((row) => keys.map((key, i) => written(row[key], digits[i])));
  const isNumber = keys.map((key) => rows.every((row) => typeof row[key] === "number"));
  const heads = keys.map((key) => `<th scope="col">${escapeMarkup(key)}</th>`);
  const aligned = isNumber.map((it) => it ? ' style="text-align:right"' : "");
  const body = cells.map((row) =>
    `<tr>${row.map((cell, i) => `<td${aligned[i]}>${escapeMarkup(cell)}</td>`).join("")}</tr>`
  );
  const html = `<table><thead><tr>${heads.join("")}</tr></thead><tbody>${body.join("")}</tbody></table>`;
  const widths = keys.map((key, i) => Math.max(key.length, ...cells.map((row) => row[i].length)));
  const padded = (cell: string, i: number) => isNumber[i] ? cell.padStart(widths[i]) : cell.padEnd(widths[i]);
  const line = (row: string[]) => row.map(padded).join("  ").trimEnd();
  return new Showable({ "text/html": html, "text/plain": [keys, ...cells].map(line).join("\n") });
}

function written(value: string | number | undefined, digits: number): string {
  if (typeof value !== "number") return value ?? "";
  return Number.isNaN(value) ? "–" : value.toFixed(digits);
}
