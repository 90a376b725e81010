import assert from "node:assert/strict";
import { tooOldDeno, unfitNode } from "./versions.ts";

Deno.test("tooOldDeno() refuses what is older, with the way out, and nothing else", () => {
  assert.match(tooOldDeno("2.8.9")!, /needs Deno 2\.9\.0 or newer, and this is 2\.8\.9\. .*npx -y deno/);
  assert.match(tooOldDeno("1.46.3")!, /this is 1\.46\.3/);
  for (const version of ["2.9.0", "2.10.1", "3.0.0", "2.9.6+abc"]) {
    assert.equal(tooOldDeno(version), undefined);
  }
});

Deno.test("unfitNode() tells no Node from an old one", () => {
  assert.match(unfitNode("deno 2.9.6 (stable)")!, /there is no node on your PATH/);
  assert.match(unfitNode("")!, /there is no node on your PATH/);
  assert.match(unfitNode("v16.20.0\n")!, /is 16\.20\.0, which is too old/);
  assert.equal(unfitNode("v20.20.2\n"), undefined);
});
