import { deepEqual, equal, ok } from "node:assert/strict";
import { breakable, breakPoints, withBreaks, wordIn } from "./wrap.ts";

Deno.test("breakable() leaves ordinary words alone", () => {
  const text = "loop.createTask(generateData, items, data)";
  equal(breakable(text), text);
});

Deno.test("breakable() breaks a long word after punctuation", () => {
  equal(
    breakable("https://example.com/path?query=1", 10),
    "https:/\u200b/\u200bexample.\u200bcom/\u200bpath?\u200bquery=\u200b1".replace(
      "https:/",
      "https:\u200b/",
    ),
  );
});

Deno.test("breakable() breaks anywhere where there is no punctuation, but through no character", () => {
  const pieces = breakable("x".repeat(20) + "🦕" + "e\u0301", 10).split("\u200b");
  ok(pieces.every((piece) => piece.length <= 2), pieces.join("|"));
  ok(pieces.includes("🦕") && pieces.includes("e\u0301"));
});

Deno.test("wordIn() leaves less room the more columns there are", () => {
  ok(wordIn(2) > wordIn(5) && wordIn(5) > wordIn(12) && wordIn(1000) >= 5);
});

Deno.test("withBreaks() places breaks into the pieces of a line", () => {
  const points = breakPoints("aaaa(bbbb", 6);
  deepEqual(points, [5]);
  equal(withBreaks("aaaa(", points, 0) + withBreaks("bbbb", points, 5), "aaaa(\u200bbbbb");
});
