import { deepEqual, equal, ok } from "node:assert/strict";
import { cutMiddle } from "./cut.ts";

const numbered = (lines: number) => Array.from({ length: lines }, (_, n) => `line ${n + 1}\n`).join("");

Deno.test("cutMiddle() leaves short text alone", () => {
  deepEqual(cutMiddle(numbered(600)), { head: numbered(600) });
});

Deno.test("cutMiddle() keeps start and end, and says how many lines are gone", () => {
  const { head, left, tail } = cutMiddle(numbered(100_000));
  ok(head.endsWith("line 300\n") && tail!.startsWith("line 99901\n") && tail!.endsWith("line 100000\n"));
  equal(left, "99,600 lines are left out here, of 100,000.");
});

Deno.test("cutMiddle() counts characters where there is only one line", () => {
  const { head, left, tail } = cutMiddle("x".repeat(20_000_000));
  equal(head.length + tail!.length, 30_000);
  equal(left, "19,970,000 characters are left out here, of 20,000,000.");
});

Deno.test("cutMiddle() cuts through no surrogate pair", () => {
  const wide = cutMiddle("x" + "😀".repeat(50_000));
  ok(wide.head.isWellFormed() && wide.tail!.isWellFormed());
});
