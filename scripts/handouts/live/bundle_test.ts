import { match } from "node:assert/strict";
import { liveScript } from "./bundle.ts";

Deno.test("liveScript() bundles what pages run, without what they do not have", async () => {
  match(await liveScript(), /Worker/);
});
