import { equal } from "node:assert/strict";
import { standsAlone } from "./stands_alone.ts";

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
