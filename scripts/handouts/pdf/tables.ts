import { array, call } from "./typst.ts";
import { wordIn } from "./wrap.ts";

/** More rows or columns than this are for a machine: the middle is left out, and the reader told. */
const most = { rows: 80, head: 50, tail: 20, columns: 16 };

/** An HTML table as Typst's; `write` gives a cell's content, with words of at most so many letters. */
export function htmlTable(table: Element, write: (cell: Element, word: number) => string): string {
  const rows = [...table.querySelectorAll("tr")].filter((row) => row.closest("table") === table);
  const left = rows.length > most.rows ? rows.length - most.head - most.tail : 0;
  const shown = left > 0 ? [...rows.slice(0, most.head), ...rows.slice(-most.tail)] : rows;
  const columns = Math.min(Math.max(0, ...shown.map(width)), most.columns);
  if (columns === 0) return "none";
  const heads = shown.findIndex((row) => !isHead(row));
  const head = shown.slice(0, heads < 0 ? shown.length : heads);
  const body = shown.slice(head.length);
  const cell = (element: Element) => write(element, wordIn(columns));
  const letters = shown.reduce((sum, row) => sum + (row.textContent ?? "").length, 0);
  const parts = [
    String(staysTogether(shown.length, letters)),
    array(alignments(body[0] ?? head[0], columns)),
    ...(head.length > 0 ? [call("table.header", ...grid(head, columns, cell))] : []),
    ...grid(body, columns, cell),
  ];
  const sheet = call("sheet", ...parts);
  return left > 0
    ? `{[];${sheet};${call("note", `"${left} rows are left out here, of ${rows.length}."`)}}`
    : sheet;
}

/** Whether a table is short enough to be moved to the next page as a whole. */
export function staysTogether(rows: number, letters: number): boolean {
  return rows <= 14 && letters < 1200;
}

/** Writes rows of cells; below a cell that spans rows there are empty ones. */
function grid(rows: Element[], columns: number, write: (cell: Element) => string): string[] {
  const taken: number[] = Array(columns).fill(0);
  return rows.flatMap((row) => {
    const written: string[] = [];
    const cells = [...row.children];
    for (let at = 0; at < columns;) {
      if (taken[at] > 0 || cells.length === 0) {
        taken[at] = Math.max(0, taken[at] - 1);
        written.push("[]");
        at++;
        continue;
      }
      const cell = cells.shift()!;
      const span = Math.min(spanOf(cell, "colspan"), columns - at);
      taken.fill(spanOf(cell, "rowspan") - 1, at, at + span);
      written.push(span > 1 ? `table.cell(colspan:${span},${write(cell)})` : write(cell));
      at += span;
    }
    return written;
  });
}

function width(row: Element): number {
  return [...row.children].reduce((sum, cell) => sum + spanOf(cell, "colspan"), 0);
}

function spanOf(cell: Element, side: "colspan" | "rowspan"): number {
  return Math.min(Math.max(Number.parseInt(cell.getAttribute(side) ?? "1") || 1, 1), 1000);
}

function isHead(row: Element): boolean {
  return row.closest("thead") !== null ||
    (row.children.length > 0 && [...row.children].every(({ localName }) => localName === "th"));
}

function alignments(row: Element, columns: number): string[] {
  const each = [...row.children].flatMap((cell) => {
    const style = `${cell.getAttribute("style") ?? ""};text-align:${cell.getAttribute("align") ?? ""}`;
    return Array(spanOf(cell, "colspan")).fill(
      style.match(/text-align:\s*(left|right|center)/)?.[1] ?? "left",
    );
  });
  return Array.from({ length: columns }, (_, n) => each[n] ?? "left");
}
