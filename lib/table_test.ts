import { equal, match } from "node:assert/strict";
import { table } from "./table.ts";

const rows = [{ run: "synchronous", total: 30.25 }, { run: "<async> & co.", total: 8 }];

Deno.test("table() sets columns as text, numbers to the right", () => {
  equal(
    String(table(rows)),
    "run            total\n" +
      "synchronous    30.25\n" +
      "<async> & co.   8.00",
  );
});

Deno.test("table() writes HTML that escapes its values", () => {
  const html = table(rows).bundle["text/html"];
  match(html, /<th scope="col">run<\/th>/);
  match(html, /<td>&lt;async&gt; &amp; co\.<\/td><td style="text-align:right">8\.00<\/td>/);
});

Deno.test("table() shows a figure that there is not as a dash", () => {
  equal(String(table([{ mean: NaN }])), "mean\n   –");
});

Deno.test("table() of nothing is empty", () => {
  equal(String(table([])), "");
});
