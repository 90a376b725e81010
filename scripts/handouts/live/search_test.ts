import { deepEqual, equal } from "node:assert/strict";
import { search } from "./search.ts";

const sections = ["await f()", "it waits", "wait here", "async"].map((text, at) => ({
  page: at,
  id: "a",
  text,
}));
const pages = (...words: string[]) => search(sections, words).map(({ page }) => page);

Deno.test("search() puts whole words first, then beginnings, then the middle of words", () => {
  deepEqual(pages("WAIT"), [2, 1, 0]);
  deepEqual(pages("f()"), [0]);
  deepEqual(pages("a"), [0, 3, 1, 2]);
});

Deno.test("search() finds what contains all words", () => {
  deepEqual(pages("here", "wait"), [2]);
  deepEqual(pages("async", "wait"), []);
});

Deno.test("search() shows the text around the best place of the first word, cut between words", () => {
  const text = `await ${"one ".repeat(40)}wait ${"two ".repeat(40)}`;
  const [{ excerpt }] = search([{ page: 0, id: "a", text }], ["wait"]);
  equal(excerpt, `…${"one ".repeat(9)}wait ${"two ".repeat(19)}…`);
});
