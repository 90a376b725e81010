import { deepEqual, equal, rejects } from "node:assert/strict";
import { live, show, Showable } from "./display.ts";
import { printed } from "./testdata/testing.ts";

const thing = new Showable({ "text/plain": "a plot", "image/svg+xml": "<svg/>" });

Deno.test("show() prints the text where there is no notebook", async () => {
  const { lines } = await printed(() => show(thing, thing));
  deepEqual(lines, ["a plot", "a plot"]);
});

Deno.test("show() shows texts and numbers, and refuses what it cannot show, a promise above all", async () => {
  const { lines } = await printed(() => show("a", 1.5, undefined));
  deepEqual(lines, ["a", "1.5", "undefined"]);
  const wayOut = /^LessonError: Cannot show a promise: write await in front of what returned it\.$/;
  // @ts-expect-error a promise
  await rejects(show("not shown either", Promise.resolve("a")), wayOut);
  // @ts-expect-error a list
  await rejects(show([1, 2]), /^LessonError: Cannot show a list of 2: give a plot/);
  const object = { a: 1 } as unknown as Showable;
  await rejects(
    show(object),
    /^LessonError: Cannot show an object: give a plot.*console\.log\(…\) prints anything\.$/,
  );
});

Deno.test("show() of a cell's last value is what Deno's kernel asks for", () => {
  const asked = thing as unknown as Record<symbol, () => unknown>;
  deepEqual(asked[Symbol.for("Jupyter.display")](), thing.bundle);
  equal(String(thing), "a plot");
});

Deno.test("live() shows nothing where there is no notebook: it could not be replaced", async () => {
  const { lines } = await printed(async () => await (await live(() => thing, true))());
  deepEqual(lines, []);
});
