import assert from "node:assert/strict";
import { is } from "valibot";
import type { RunFigures } from "../../lib/report.ts";
import { Kernel } from "../kernel/client.ts";
import { deno } from "../kernel/kernel.ts";
import { root } from "../common/project.ts";
import { figuresIn, figuresSchema } from "./figures.ts";
import { figuresWith } from "../testdata/swept.ts";

Deno.test("figuresIn() finds what the library's report() hands over in a kernel", async () => {
  await using kernel = await Kernel.start(deno, { cwd: root });
  const found: RunFigures[] = [];
  const code = `import { experiment, report, sleepSync } from "@course/lib";
await report(await experiment("a nap", { seed: 5 }, () => sleepSync(3)));`;
  const { status } = await kernel.execute(code, {
    onMessage(message) {
      const figures = figuresIn(message);
      if (figures) found.push(figures);
    },
  });
  assert.equal(status, "ok");
  assert.deepEqual(found.map(({ name, seed, speed, total }) => [name, seed, speed, total]), [[
    "a nap",
    5,
    "Infinity",
    3,
  ]]);
});

Deno.test("A report is whole, or it is none", () => {
  const whole = figuresWith();
  assert(is(figuresSchema, whole));
  for (const value of [undefined, null, "x", [], {}, { ...whole, total: "2" }, { ...whole, depth: [[1]] }]) {
    assert(!is(figuresSchema, value));
  }
});
