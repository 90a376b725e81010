import assert from "node:assert/strict";
import { literal, shown } from "./type.ts";

Deno.test("literal() writes values that read back as themselves", () => {
  const texts = ['"; Deno.exit() //', "\\", "\u2028\u2029\n\r\0\x7f", "${x}`'", "\ud800", "</script>"];
  for (const value of [1, -1.5, 1e21, Infinity, -Infinity, true, false, ...texts]) {
    assert.equal(new Function(`return ${literal(value)};`)(), value);
  }
});

Deno.test("literal() stays on one line", () => {
  assert(!/[\n\r\u2028\u2029]/.test(literal("\n\r\u2028\u2029")));
});

Deno.test("shown() is short and on one line", () => {
  assert.equal(shown("a\nb"), '"a\\nb"');
  assert(shown("x y".repeat(1000)).length < 70);
});
