import assert from "node:assert/strict";
import { courseNotebooks } from "../common/course.ts";
import { testWith } from "../testdata/needs.ts";

/** A Python with nbformat, if there is one. (npx puts Node's folder first on PATH, which may contain another `python3`.) */
const python = (await Promise.all(["python", "python3"].map(withNbformat))).find(Boolean);
const missing = python ? undefined : "there is no Python with nbformat";

testWith(missing, "The course's notebooks are valid by nbformat's own schema", async () => {
  const program = "import sys, nbformat\n" +
    "for path in sys.argv[1:]: nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))";
  const args = ["-W", "error", "-c", program, ...await courseNotebooks()];
  const { code, stderr } = await new Deno.Command(python!, { args }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
});

async function withNbformat(name: string): Promise<string | undefined> {
  try {
    const { success } = await new Deno.Command(name, { args: ["-c", "import nbformat"], stderr: "null" })
      .output();
    return success ? name : undefined;
  } catch {
    return undefined; // there is no such program
  }
}
