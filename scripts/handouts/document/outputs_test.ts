import { deepEqual, equal } from "node:assert/strict";
import { display, stream } from "../testdata/fixtures.ts";
import { outputBlocks } from "./outputs.ts";

Deno.test("outputBlocks() keeps the traceback of an error, or tells the error where there is none", () => {
  const error = { output_type: "error", ename: "TypeError", evalue: "no" } as const;
  const text = (traceback: string[]) => {
    const [block] = outputBlocks([{ ...error, traceback }]);
    return block.kind === "error" && block.text.head;
  };
  equal(text(["a", "b"]), "a\nb");
  equal(text([]), "TypeError: no");
});

Deno.test("outputBlocks() cuts long text of every kind", () => {
  const long = "line\n".repeat(5_000);
  const blocks = outputBlocks([stream(long), display({ "text/plain": long })]);
  deepEqual(blocks.map((block) => "text" in block && typeof block.text === "object" && block.text.left), [
    "4,600 lines are left out here, of 5,000.",
    "4,600 lines are left out here, of 5,000.",
  ]);
});

Deno.test("outputBlocks() tells of an output of no known kind", () => {
  // deno-lint-ignore no-explicit-any
  equal(outputBlocks([{ output_type: "hologram" } as any])[0].kind, "note");
});
