/** Shortens content that is too long to read, or folds it. @module */
import { type Element, elementsIn, h, hasClass, linesOf, type Node } from "./tree.ts";

/** Cuts the middle out of text that is too long to read; `left` says how much is missing. */
export function cutMiddle(text: string) {
  const lines = linesIn(text);
  if (lines.length <= 600 && text.length <= 60_000) return { head: text };
  const from = whole(text, Math.min(lines.slice(0, 300).join("").length, 20_000));
  const tail = Math.min(lines.slice(-100).join("").length, 10_000);
  const to = Math.max(from, whole(text, text.length - tail));
  const lost = linesIn(text.slice(from, to)).length;
  const left = lost > 1 ? leftOut("line", lost, lines.length) : leftOut("character", to - from, text.length);
  return { head: text.slice(0, from), left, tail: text.slice(to) };
}

/** The middle to cut from a list so that `most` items are left: its start and length. A list that is only slightly longer keeps it. */
export function middleOf(length: number, most: number) {
  return { from: Math.round(most * 3 / 4), lost: length <= most * 8 / 7 ? 0 : length - most };
}

/** A sentence on what is left out; empty if nothing is. */
export function leftOut(what: string, lost: number, all: number): string {
  if (lost === 0) return "";
  const [some, whole] = [lost, all].map((it) => it.toLocaleString("en"));
  return `${some} ${lost === 1 ? `${what} is` : `${what}s are`} left out here, of ${whole}.`;
}

function linesIn(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Moves a cut so that it splits no surrogate pair. */
const whole = (text: string, at: number): number => /[\udc00-\udfff]/.test(text[at] ?? "") ? at + 1 : at;

/**
 * A table without the middle of its rows and columns, if it has many more of them than `most`, and a sentence on what is
 * missing. Each cell gets its first column as `x`, which in HTML depends on the cells above it.
 */
export function cutTable(table: Element, most: { rows: number; columns: number }): [Element, ...string[]] {
  const rows = rowsIn(table.children);
  const { places, width } = placesIn(rows);
  const [down, across] = [middleOf(rows.length, most.rows), middleOf(width, most.columns)];
  const gone = new Set<Node>(rows.slice(down.from, down.from + down.lost));
  const moved = (column: number) => column - Math.min(Math.max(column - across.from, 0), across.lost);
  const shown = (node: Node): Node[] => {
    if (typeof node === "string") return [node];
    if (gone.has(node)) return [];
    const [x, end] = places.get(node)?.map(moved) ?? [];
    if (x === undefined) return [{ ...node, children: node.children.flatMap(shown) }];
    const attributes = { ...node.attributes, x: `${x}`, colspan: `${end - x}` };
    return x < end ? [{ ...node, attributes }] : [];
  };
  const left = [leftOut("row", down.lost, rows.length), leftOut("column", across.lost, width)];
  return [{ ...table, children: table.children.flatMap(shown) }, ...left.filter(Boolean)];
}

/** The rows of a table, without those of nested tables. */
function rowsIn(nodes: Node[]): Element[] {
  return elementsIn(nodes).flatMap((node) => {
    return node.tag === "tr" ? [node] : node.tag === "table" ? [] : rowsIn(node.children);
  });
}

/** The columns of each cell, from the first to the one after the last, and the number of columns in all. */
function placesIn(rows: Element[]) {
  const places = new Map<Element, [from: number, to: number]>();
  const free: number[] = []; // per column, the first row that no cell reaches into
  rows.forEach(({ children }, row) => {
    let from = 0;
    for (const cell of elementsIn(children)) {
      while (free[from] > row) from++;
      const to = from + span(cell.attributes.colspan);
      for (let column = from; column < to; column++) free[column] = row + span(cell.attributes.rowspan);
      places.set(cell, [from, to]);
      from = to;
    }
  });
  return { places, width: free.length };
}

const span = (given = "") => Math.min(Math.max(parseInt(given) || 1, 1), 1000);

/** Folds a long log after its first ten lines. */
export function folded(content: Node[], isLog = false): Node[] {
  return content.flatMap((node): Node[] => {
    if (typeof node === "string") return [node];
    const lines = isLog && node.tag === "pre" ? linesOf(node.children) : [];
    if (lines.at(-1)?.length === 0) lines.pop();
    if (lines.length < 15) return [{ ...node, children: folded(node.children, hasClass(node, "text")) }];
    const [head, rest] = [lines.slice(0, 10), lines.slice(10)]
      .map((lines) => h("pre", {}, ...lines.flatMap((line) => [...line, "\n"])));
    const summary = h("summary", {}, `${rest.children.filter((it) => it === "\n").length} more lines`);
    return [head, h("details", { class: "more" }, summary, rest)];
  });
}
