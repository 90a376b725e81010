import { deepEqual, equal, ok } from "node:assert/strict";
import { gap, room } from "./measure.ts";
import { type Item, pack, type Stack } from "./pack.ts";

const item = (html: string, height: number, more: Partial<Item> = {}): Item => ({ html, height, ...more });
const shape = (stacks: Stack[]) =>
  stacks.map((stack) => stack.map(({ items }) => items.map(({ html }) => html).join("")));

Deno.test("pack() starts a slide, and a slide below it, where an item says so", () => {
  const items = [
    item("a", 9),
    item("b", 9, { starts: "slide" }),
    item("c", 9),
    item("d", 9, { starts: "subslide" }),
  ];
  deepEqual(shape(pack(items)), [["a"], ["bc", "d"]]);
});

Deno.test("pack() never fills a slide beyond its room, at its size", () => {
  const items = [100, 300, 50, 280, 616, 90, 400, 333, 20].map((height, at) => item(String(at), height));
  for (const { items: dealt, zoom } of pack(items).flat()) {
    ok(dealt.reduce((sum, { height }) => sum + height, gap * (dealt.length - 1)) <= room.height / zoom);
  }
});

Deno.test("pack() puts what is higher than a slide on a slide of its own", () => {
  deepEqual(shape(pack([item("a", 100), item("b", 5_000), item("c", 100)])), [["a", "b", "c"]]);
});

Deno.test("pack() turns the slide before what leads to something, not after it", () => {
  const items = [item("a", 300), item("b", 100, { holds: 160 }), item("c", 400)];
  deepEqual(shape(pack(items)), [["a", "bc"]]);
});

Deno.test("pack() makes a slide a little smaller to keep a heading, its text and its code together", () => {
  const [[slide, ...more]] = pack([
    item("h", 60, { holds: 1000 }),
    item("t", 40, { holds: 160 }),
    item("c", 520),
  ]);
  equal(more.length, 0);
  equal(slide.zoom, 0.9);
});

Deno.test("pack() gives a picture a slide with room rather than the rest of one", () => {
  const items = [item("a", 330), item("p", 280, { wanted: 580 }), item("b", 100)];
  deepEqual(shape(pack(items)), [["a", "pb"]]);
});

Deno.test("pack() carries the heading on, but not onto its own slide", () => {
  const [stack] = pack([item("h", 60, { heading: "H", holds: 1000 }), item("a", 400), item("b", 400)]);
  deepEqual(stack.map(({ heading }) => heading), [undefined, "H"]);
});
