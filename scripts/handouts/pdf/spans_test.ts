import { deepEqual } from "node:assert/strict";
import { ansiToHtml } from "../document/ansi.ts";
import { highlight } from "../document/highlight.ts";
import { readSpans, splitLines } from "./spans.ts";

const nasty = `<b> & "quotes" 'and' &amp; </span>`;

Deno.test("readSpans() gives back what the highlighter and the terminal escaped", () => {
  for (const html of [highlight(nasty, "typescript"), highlight(nasty, "none"), ansiToHtml(nasty)]) {
    deepEqual(readSpans(html).map(({ text }) => text).join(""), nasty);
  }
});

Deno.test("readSpans() knows the classes around each text", () => {
  deepEqual(readSpans('a<span class="x y">b<span class="z">c</span></span>d'), [
    { text: "a", classes: [] },
    { text: "b", classes: ["x", "y"] },
    { text: "c", classes: ["x", "y", "z"] },
    { text: "d", classes: [] },
  ]);
});

Deno.test("splitLines() carries classes over the end of a line", () => {
  const classes = ["x"];
  deepEqual(splitLines([{ text: "a\n\nb", classes }]), [[{ text: "a", classes }], [], [{
    text: "b",
    classes,
  }]]);
});
