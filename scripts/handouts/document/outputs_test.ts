import { deepEqual, match, ok } from "node:assert/strict";
import type { Output } from "../../notebook/notebook.ts";
import { display, stream } from "../testdata/fixtures.ts";
import { Names } from "./names.ts";
import { outputsContent, richContent } from "./outputs.ts";
import { elementsOf, hasClass, toHtml, wordsOf } from "./tree.ts";

const shown = (...outputs: Output[]) => outputsContent(outputs, "", { ids: new Names() });
const wordsIn = (name: string, ...outputs: Output[]) =>
  [...elementsOf([shown(...outputs)])].filter((element) => hasClass(element, name)).map(wordsOf);

Deno.test("outputsContent() keeps the traceback of an error, or else its name and message", () => {
  const error = { output_type: "error", ename: "TypeError", evalue: "no" } as const;
  deepEqual(wordsIn("error", { ...error, traceback: ["a", "b"] }), ["Errora\nb"]);
  deepEqual(wordsIn("error", { ...error, traceback: [] }), ["ErrorTypeError: no"]);
});

Deno.test("outputsContent() cuts long text of every kind", () => {
  const long = "line\n".repeat(5_000);
  const left = "4,600 lines are left out here, of 5,000.";
  deepEqual(wordsIn("note", stream(long), display({ "text/plain": long })), [left, left]);
});

Deno.test("outputsContent() puts a note in the place of an output of no known kind", () => {
  // deno-lint-ignore no-explicit-any
  match(wordsIn("note", { output_type: "hologram" } as any)[0], /does not know/);
});

Deno.test("outputsContent() labels what goes to stderr, unless that calls itself a warning, in any colour", () => {
  const labels = (text: string) => wordsIn("label", stream(text, "stderr"));
  deepEqual(labels("warnings: none"), ["Warning"]);
  deepEqual(labels("A warning: x"), ["Warning"]);
  deepEqual(labels("\x1b[1;33mWARNING:\x1b[0m x"), []);
});

Deno.test("richContent() scopes styles, and leaves out one that would get out", () => {
  const styles = (rules: string) =>
    toHtml(richContent(`<style>${rules}</style><b>x</b>`, "", { ids: new Names() }));
  ok(styles("b{content:'}'}/*}*/").includes("@scope{b{content:'}'}/*}*/}"));
  for (
    const rules of [
      "} body{color:red} {",
      'a[b="\n{"] } body{',
      "a{}/*",
      "u\\72l('} body{')",
      "url(a b'c) } body { x '",
    ]
  ) {
    ok(styles(rules).includes("<style></style>"), rules);
  }
});
