import assert from "node:assert/strict";
import { courseNotebooks } from "./project.ts";

const python = await found();

Deno.test({
  name: "The course's notebooks are valid by nbformat's own schema",
  ignore: !python,
  async fn() {
    const program = "import sys, nbformat\n" +
      "for path in sys.argv[1:]: nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))";
    const { code, stderr } = await new Deno.Command("python3", {
      args: ["-W", "error", "-c", program, ...await courseNotebooks()],
    }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
  },
});

/** Whether there is a Python with nbformat; says so where there is none. */
async function found(): Promise<boolean> {
  try {
    const { success } = await new Deno.Command("python3", { args: ["-c", "import nbformat"], stderr: "null" })
      .output();
    if (success) return true;
  } catch {
    // no Python at all
  }
  console.log(
    "Skipped: the check of the notebooks by nbformat's own schema, as there is no Python with nbformat.",
  );
  return false;
}
