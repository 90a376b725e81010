import assert from "node:assert/strict";
import { courseNotebooks } from "../common/course.ts";
import { testWith } from "../testdata/needs.ts";

const missing = await hasNbformat() ? undefined : "there is no Python with nbformat";

testWith(missing, "The course's notebooks are valid by nbformat's own schema", async () => {
  const program = "import sys, nbformat\n" +
    "for path in sys.argv[1:]: nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))";
  const { code, stderr } = await new Deno.Command("python3", {
    args: ["-W", "error", "-c", program, ...await courseNotebooks()],
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
});

async function hasNbformat(): Promise<boolean> {
  try {
    return (await new Deno.Command("python3", { args: ["-c", "import nbformat"], stderr: "null" }).output())
      .success;
  } catch {
    return false; // no Python at all
  }
}
