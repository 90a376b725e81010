import { equal, match, ok } from "node:assert/strict";
import { room } from "./measure.ts";
import { tableItems } from "./table_items.ts";

const table = (rows: number) =>
  `<table><thead><tr><th>n</th></tr></thead><tbody>${"<tr><td>1</td></tr>".repeat(rows)}</tbody></table>`;

Deno.test("tableItems() keeps a short table as it is", () => {
  const [item, ...more] = tableItems(table(5));
  equal(item.html, table(5));
  equal(more.length, 0);
});

Deno.test("tableItems() cuts a long table, each part with the head", () => {
  const items = tableItems(table(30));
  ok(
    items.length > 1 &&
      items.every(({ html, height }) => html.includes("<th>n</th>") && height <= room.height),
  );
  equal(items.flatMap(({ html }) => html.match(/<td>/g)!).length, 30);
});

Deno.test("tableItems() ends an endless table, and says so", () => {
  match(tableItems(table(5_000)).at(-1)!.html, /4940 rows are left out here, of 5000\./);
});
