import { equal, match, ok } from "node:assert/strict";
import { room } from "./measure.ts";
import { codeItems, outputItems } from "./text_items.ts";

const lines = (n: number, text = "const a = 1;") =>
  Array.from({ length: n }, (_, at) => `${text} // ${at + 1}`).join("\n");

Deno.test("codeItems() keeps short code whole and cuts long code, losing no line", () => {
  equal(codeItems(lines(10), "typescript").length, 1);
  const items = codeItems(lines(50), "typescript");
  ok(items.length > 2 && items.every(({ height }) => height <= room.height));
  equal(items.flatMap(({ html }) => html.match(/class="line"/g)!).length, 50);
});

Deno.test("codeItems() cuts in front of a function", () => {
  const source = `${lines(14)}\n\nfunction b() {\n${lines(9, "  a();")}\n}`;
  match(
    codeItems(source, "typescript")[1].html,
    /^<pre class="code"><code><span class="line"><span class="hljs-keyword">function/,
  );
});

Deno.test("codeItems() counts long lines as they wrap", () => {
  ok(codeItems("a".repeat(1_000), "text")[0].height > 10 * 29);
});

Deno.test("outputItems() puts short lines side by side, in their colours", () => {
  const [item, ...more] = outputItems({ head: "\x1b[33m -- generated item\x1b[0m\n".repeat(22) }, "stdout");
  equal(more.length, 0);
  match(item.html, /style="columns:2"/);
  equal(item.html.match(/ansi-yellow-fg/g)!.length, 22);
});

Deno.test("outputItems() takes the middle out of long output, and says so", () => {
  const items = outputItems({ head: lines(500) }, "stdout");
  const html = items.map(({ html }) => html).join("");
  match(html, /420 lines are left out here, of 500\./);
  ok(/\/\/ 60\b/.test(html) && !/\/\/ 61\b/.test(html) && html.includes("// 500"));
  ok(items.every(({ height }) => height <= room.height));
});

Deno.test("outputItems() counts what an earlier cut has left out, too", () => {
  const cut = { head: lines(300), left: "4,600 lines are left out here, of 5,000.", tail: "b\n" };
  const html = outputItems(cut, "stdout").map(({ html }) => html).join("");
  match(html, /\/\/ 60\b.*4939 lines are left out here, of 5000\..*b/s);
});

Deno.test("outputItems() escapes text and shortens endless lines", () => {
  const [{ html }] = outputItems({ head: "<b>\n" + "x".repeat(1_000_000) }, "stdout");
  ok(html.includes("&lt;b&gt;") && html.length < 2_000);
});
