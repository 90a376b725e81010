import { deepEqual, equal } from "node:assert/strict";
import { texOf } from "./math.ts";
import { parseMarkdown, proseContent } from "./markdown.ts";
import { Names } from "./names.ts";
import { elementsOf, wordsOf } from "./tree.ts";

const content = (source: string) => proseContent(parseMarkdown(source), { ids: new Names() });
const formulas = (source: string) =>
  [...elementsOf(content(source))].filter(({ tag }) => tag === "math").map(texOf);

Deno.test("withMath() keeps formulas as they are written", () => {
  deepEqual(formulas("*it $p*q$* $x<y>z$, $a\\,b$ and $\\{1\\}$"), ["p*q", "x<y>z", "a\\,b", "\\{1\\}"]);
  deepEqual(formulas("$$a$$ in words $$b$$\n\n$$\nc \\\\\nd\n$$\n- $e$"), ["a", "b", "\nc \\\\\nd\n", "e"]);
  const labelled = "$$\na\n$$ {#eq-one}\n\nThis is $b$. Then\n\n$$\nc\n$$ {#eq-two}";
  deepEqual(formulas(labelled), ["\na\n", "b", "\nc\n"]);
  equal(wordsOf(content(labelled)).match(/\{#eq-\w+\}/g)?.length, 2);
  deepEqual(formulas("\\begin{align*}\na_1 &= b_2 \\\\\n\\end{align*}"), [
    "\\begin{align*}\na_1 &= b_2 \\\\\n\\end{align*}",
  ]);
});

Deno.test("withMath() leaves money and code alone", () => {
  const text = "It costs $5 and then $6, or \\$7, US$8 to US$9.";
  deepEqual(formulas(`${text} \`$x$\`\n\n    $y$\n\n$$never ends`), []);
  equal(wordsOf(content(text)).trim(), text.replace("\\", ""));
});

Deno.test("withMath() shows what is no TeX as it is written", () => {
  equal(wordsOf(content("a $\\nosuch{x}$ b")).trim(), "a $\\nosuch{x}$ b");
});
