import { type Element, elementsIn, type Node, wordsOf } from "../document/tree.ts";
import { wordIn } from "./breaks.ts";
import { array, call, content } from "./typst.ts";

/** A table of more rows or columns than this is for a machine: in an output its middle is left out, with a note. */
const most = { rows: 80, head: 50, tail: 20, columns: 16 };

interface Row {
  cells: Element[];
  isHead: boolean;
}

/**
 * A table as Typst's; `write` gives a cell's content, with words of at most so many letters. One of an output may be cut,
 * and `left` gives the note that says so.
 */
export function table(
  { children }: Element,
  write: (content: Node[], word: number) => string,
  left?: (sentence: string) => string,
): string {
  const rows = rowsOf(children);
  const lost = left && rows.length > most.rows ? rows.length - most.head - most.tail : 0;
  const shown = lost > 0 ? [...rows.slice(0, most.head), ...rows.slice(-most.tail)] : rows;
  const widths = shown.map(({ cells }) => cells.reduce((sum, cell) => sum + spanOf(cell, "colspan"), 0));
  const widest = widths.reduce((most, width) => Math.max(most, width), 0);
  const columns = left ? Math.min(widest, most.columns) : widest;
  if (columns === 0) return "[]";
  const heads = shown.findIndex(({ isHead }) => !isHead);
  const [head, body] = heads < 0 ? [shown, []] : [shown.slice(0, heads), shown.slice(heads)];
  const cell = ({ children }: Element) => write(children, wordIn(columns));
  // A short table is moved to the next page as a whole.
  const together = shown.length <= 14 && wordsOf(children).length < 1200;
  const header = head.length > 0 ? [call("table.header", grid(head, columns, cell))] : [];
  const sides = array(sidesOf(body[0] ?? head[0], columns));
  const sheet = call("sheet", `${together}`, sides, header, grid(body, columns, cell));
  const captions = elementsIn(children).filter(({ tag }) => tag === "caption");
  return content(
    ...captions.map(({ children }) => call("lead", write(children, 40))),
    sheet,
    ...lost > 0 ? [left!(`${lost} rows are left out here, of ${rows.length}.`)] : [],
    ...columns < widest ? [left!(`${widest - columns} columns are left out here, of ${widest}.`)] : [],
  );
}

function rowsOf(nodes: Node[], inHead = false): Row[] {
  return elementsIn(nodes).flatMap(({ tag, children }): Row[] => {
    if (tag !== "tr") return tag === "table" ? [] : rowsOf(children, tag === "thead");
    const cells = elementsIn(children);
    return [{ cells, isHead: inHead || (cells.length > 0 && cells.every(({ tag }) => tag === "th")) }];
  });
}

/** Rows of cells; where a cell from above or nothing stands there are empty ones. */
function grid(rows: Row[], columns: number, write: (cell: Element) => string): string[] {
  const covered: number[] = Array(columns).fill(0);
  return rows.flatMap(({ cells }) => {
    const rest = cells.values();
    const written: string[] = [];
    for (let at = 0; at < columns;) {
      const cell = covered[at] > 0 ? undefined : rest.next().value;
      const span = cell ? Math.min(spanOf(cell, "colspan"), columns - at) : 1;
      if (cell) covered.fill(spanOf(cell, "rowspan") - 1, at, at + span);
      else if (covered[at] > 0) covered[at]--;
      const inside = cell ? write(cell) : "[]";
      written.push(span > 1 ? `table.cell(colspan:${span},${inside})` : inside);
      at += span;
    }
    return written;
  });
}

function spanOf({ attributes }: Element, side: "colspan" | "rowspan"): number {
  return Math.min(Math.max(parseInt(attributes[side]) || 1, 1), 1000);
}

function sidesOf({ cells }: Row, columns: number): string[] {
  const sides = cells.flatMap((cell) => {
    const { style = "", align = "" } = cell.attributes;
    const [side] = `${style};text-align:${align}`.match(/(?<=text-align:\s*)(right|center)/) ?? ["left"];
    return Array<string>(spanOf(cell, "colspan")).fill(side);
  });
  return [...sides, ...Array<string>(columns).fill("left")].slice(0, columns);
}
