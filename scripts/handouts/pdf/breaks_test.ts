import { equal, ok } from "node:assert/strict";
import { breakable, cutter, wordIn } from "./breaks.ts";

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

Deno.test("cutter() takes pieces of a line, with the places to break in them", () => {
  const cut = cutter(breakable("aaaa(bbbb", 6));
  equal(cut("aaaa(") + "|" + cut("bbbb"), "aaaa(|\u200bbbbb");
});
