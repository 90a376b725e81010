import { equal } from "node:assert/strict";
import { parseHtml } from "../document/tree.ts";
import { escapeMarkdown, gfmTable, standsAlone } from "./markdown.ts";

Deno.test("gfmTable() writes a table as people would, numbers to the right", () => {
  const html = "<table><thead><tr><th>run</th><th>s</th></tr></thead><tbody>" +
    '<tr><td>a | b</td><td style="text-align:right">20.2</td></tr></tbody></table>';
  equal(gfmTable(parseHtml(html)), "| run    |    s |\n| ------ | ---: |\n| a \\| b | 20.2 |");
});

Deno.test("gfmTable() leaves alone what is more than a table of text", () => {
  for (
    const html of [
      "<p>a</p>",
      "<table><tr><td colspan=2>a</td></tr></table>",
      "<table><tr><td>a</td></tr></table><p>b</p>",
      "<table><tr><td>a</td></tr><tr></tr></table>",
      "<table>words<tr><td>a</td></tr></table>",
      "<table><tr><td><table></table></td></tr></table>",
    ]
  ) {
    equal(gfmTable(parseHtml(html)), undefined, html);
  }
});

Deno.test("escapeMarkdown() keeps text what it is", () => {
  equal(escapeMarkdown("*a* [b] <c> &amp; d & e"), "\\*a\\* \\[b\\] \\<c\\> &amp;amp; d & e");
});

Deno.test("standsAlone() takes whole Markdown and whole HTML", () => {
  for (
    const whole of [
      "a",
      "",
      "- a\n  - b",
      "```\na\n```",
      "<details>\n\na\n\n</details>",
      "a<br>b <b>c</b>",
      "`<div>`",
    ]
  ) {
    equal(standsAlone(whole), true, whole);
  }
});

Deno.test("standsAlone() finds what swallows the text after it", () => {
  for (const open of ["```\na", "<!-- a", "<div>\n\na", "</div>", "<pre>", "a <b>c", "<i><b></i></b>"]) {
    equal(standsAlone(open), false, open);
  }
});
