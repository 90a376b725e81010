import assert from "node:assert/strict";
import { join } from "node:path";
import { printed } from "../../lib/testdata/testing.ts";
import { writeNotebook } from "../notebook/notebook.ts";
import { sweptNotebook } from "../testdata/swept.ts";
import { tempFolder } from "../testdata/notebooks.ts";
import { sweep } from "./sweep.ts";

Deno.test("sweep counts its points", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "a.ipynb");
  await writeNotebook(path, sweptNotebook());
  const told = async (values: string) => {
    const command = sweep(AbortSignal.timeout(60_000));
    const args = [path, "-p", values, "--out", join(folder.path, "runs")];
    return (await printed(() => command.parseAsync(args, { from: "user" }))).lines.join("\n");
  };
  assert.match(await told("items=3"), /^1 point in \d/);
  assert.match(await told("items=3,4"), /^2 points in \d/);
});
