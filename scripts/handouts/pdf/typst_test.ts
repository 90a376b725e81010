import { equal } from "node:assert/strict";
import { array, content, quoted } from "./typst.ts";

Deno.test("quoted() leaves nothing to Typst but a string", () => {
  equal(
    quoted('#let "a" = $x$ \\ // @b `c` *d* _e_ <f> [g]'),
    '"#let \\"a\\" = $x$ \\\\ // @b `c` *d* _e_ <f> [g]"',
  );
  equal(quoted('\\"'), '"\\\\\\""');
});

Deno.test("quoted() keeps lines and tabs, and drops what no page can show", () => {
  equal(quoted("a\n\tb\u0000\u001b\u007f\r\ud800"), '"a\\n\\tb\ufffd"');
});

Deno.test("array() keeps a list of one a list", () => {
  equal(array([]), "()");
  equal(array(["1"]), "(1,)");
});

Deno.test("content() of nothing is content", () => {
  equal(content(), "{[];}");
  equal(content('"a"'), '"a"');
  equal(content('"a"', '"b"'), '{[];"a";"b";}');
});
