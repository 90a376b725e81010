import assert from "node:assert/strict";
import { CourseError } from "../common/errors.ts";
import { notebookOf } from "../testdata/notebooks.ts";
import { injectAcross } from "./across.ts";

const notebooks = [
  {
    path: "a/one.ipynb",
    notebook: notebookOf(["const items: number = 2; // whole, 1 to 9: items", "parameters"]),
  },
  { path: "a/two.ipynb", notebook: notebookOf("console.log(1);") },
];

Deno.test("injectAcross() sets a parameter where there is one, and leaves other notebooks alone", () => {
  const [one, two] = injectAcross(notebooks, [{ name: "items", text: "3" }]);
  assert.equal(one.notebook.cells[1].source, "// Parameters\nconst items: number = 3;");
  assert.equal(two, notebooks[1]);
});

Deno.test("injectAcross() refuses a name that no notebook has, and a value that is not allowed", () => {
  assert.throws(() => injectAcross(notebooks, [{ name: "item", text: "3" }]), CourseError);
  assert.throws(() => injectAcross(notebooks, [{ name: "items", text: "10" }]), /whole number from 1 to 9/);
});
