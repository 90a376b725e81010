import assert from "node:assert/strict";
import { join } from "node:path";
import { here } from "./project.ts";

Deno.test("here() returns a relative path, or the absolute one if that is shorter", () => {
  assert.equal(here(join(Deno.cwd(), "a", "b.ipynb")), join("a", "b.ipynb"));
  assert.equal(here(Deno.cwd()), ".");
  if (Deno.build.os !== "windows") assert.equal(here("/b.ipynb"), "/b.ipynb");
});
