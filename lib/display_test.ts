import { deepEqual, equal } from "node:assert/strict";
import { onInterrupt, show, Showable } from "./display.ts";
import { printed } from "./testing.ts";

const thing = new Showable({ "text/plain": "a plot", "image/svg+xml": "<svg/>" });

Deno.test("show() prints the text where there is no notebook", async () => {
  const { lines } = await printed(() => show(thing, thing));
  deepEqual(lines, ["a plot", "a plot"]);
});

Deno.test("show() of a cell's last value is what Deno's kernel asks for", () => {
  const asked = thing as unknown as Record<symbol, () => unknown>;
  deepEqual(asked[Symbol.for("Jupyter.display")](), thing.bundle);
  equal(String(thing), "a plot");
});

Deno.test("onInterrupt() leaves Ctrl-C alone where there is no notebook", { sanitizeOps: true }, () => {
  onInterrupt(() => {}); // a listener would be left, and the sanitizer would tell
});
