import { parseHTML } from "linkedom";
import { chunks } from "./chunks.ts";
import { kinds, room, rowsOf } from "./measure.ts";
import type { Item } from "./pack.ts";

const { document } = parseHTML("<!doctype html><html><body></body></html>");

/** Rows on a slide in all: a longer table is cut, and says so. */
const most = 60;

/** A table: one that is longer than a slide goes on below it, with its head. */
export function tableItems(html: string): Item[] {
  const box = document.createElement("div");
  box.innerHTML = html;
  const body = box.querySelector("tbody") ?? box.querySelector("table");
  const rows = [...body?.querySelectorAll("tr") ?? []] as Element[];
  const perSlide = Math.floor((room.height - 100) / heightOf(1));
  const inAll = rows.reduce((sum, row) => sum + rowHeight(row), heightOf(1));
  if (!body || inAll <= room.height - 60) return [{ html, height: inAll }];
  const shown = rows.slice(0, most);
  for (const row of rows) row.remove();
  const items = chunks(shown, perSlide, (row) => rowHeight(row) / heightOf(1)).map((part): Item => {
    body.replaceChildren(...part);
    return { html: box.innerHTML, height: part.reduce((sum, row) => sum + rowHeight(row), heightOf(1)) };
  });
  if (rows.length > most) {
    const left = `${rows.length - most} rows are left out here, of ${rows.length}.`;
    items.push({ html: `<p class="note">${left}</p>`, height: kinds.note.line });
  }
  return items;
}

function rowHeight(row: Element): number {
  const cells = [...row.children];
  const columns = Math.floor(kinds.row.columns / Math.max(1, cells.length));
  const longest = Math.max(1, ...cells.map((cell) => rowsOf(cell.textContent.trim(), Math.max(columns, 12))));
  return heightOf(
    cells.map((cell) => cell.textContent.length).reduce((a, b) => a + b, 0) < kinds.row.columns ? 1 : longest,
  );
}

function heightOf(lines: number): number {
  return kinds.row.line * lines + kinds.row.around;
}
