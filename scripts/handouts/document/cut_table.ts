import { leftOut, middleOf } from "./cut.ts";
import { type Element, elementsIn, type Node } from "./tree.ts";

/**
 * A table without the middle of its rows and of its columns where it has many more of them than the most that are shown, and
 * a sentence on each. Its cells know their first column (`x`), which in HTML follows from the cells above them.
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

/** The rows of a table, without those of tables in its cells. */
function rowsIn(nodes: Node[]): Element[] {
  return elementsIn(nodes).flatMap((node) => {
    return node.tag === "tr" ? [node] : node.tag === "table" ? [] : rowsIn(node.children);
  });
}

/** The places of cells, each with its first column and the first one after it, and the number of columns. */
function placesIn(rows: Element[]) {
  const places = new Map<Element, [from: number, to: number]>();
  const free: number[] = []; // for each column, the row below the last cell that reaches into it
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
