import { equal, match, ok } from "node:assert/strict";
import { parse } from "./html.ts";
import { htmlTable } from "./tables.ts";
import { quoted } from "./typst.ts";

const table = (html: string) =>
  htmlTable(
    parse(`<table>${html}</table>`).querySelector("table")!,
    (cell) => quoted(cell.textContent ?? ""),
  );

Deno.test("htmlTable() keeps the head, and numbers on the right", () => {
  equal(
    table(
      '<thead><tr><th>a<th>b</tr></thead><tbody><tr><td>x</td><td style="text-align:right">1</td></tr></tbody>',
    ),
    'sheet(true,(left,right,),table.header("a","b"),"x","1")',
  );
});

Deno.test("htmlTable() fills up ragged rows", () => {
  equal(
    table("<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>"),
    'sheet(true,(left,left,),"a","b","c",[])',
  );
});

Deno.test("htmlTable() keeps spans in the grid", () => {
  equal(
    table("<tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr>"),
    'sheet(true,(left,left,left,),"a",table.cell(colspan:2,"b"),[],"c","d")',
  );
});

Deno.test("htmlTable() leaves out the middle of a table for machines, and says so", () => {
  const written = table("<tr><td>x</td></tr>".repeat(500));
  match(written, /430 rows are left out here, of 500\./);
  ok(written.startsWith("{[];sheet(false,"));
});

Deno.test("htmlTable() makes nothing of an empty table", () => {
  equal(table(""), "none");
});
