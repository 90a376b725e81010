import { deepEqual } from "node:assert/strict";
import { buildDocument } from "./document.ts";
import { factsOf } from "./parts.ts";
import { notebook } from "../testdata/fixtures.ts";

Deno.test("factsOf() tells notebook, edition, parameters, kernel and versions, and leaves out what there is none of", () => {
  const source = notebook({ code: "const items = 20;\nconst seed = 7;", tags: ["parameters"] });
  const facts = (cells: typeof source, provenance = {}) =>
    factsOf(buildDocument(cells, { name: "x/01-a.ipynb", edition: "student" }), provenance)
      .map(({ name, values }) => `${name}: ${values.join(", ")}`);
  deepEqual(facts(source, { deno: "2.9.6" }), [
    "Notebook: 01-a.ipynb, student’s edition",
    "Parameters: items = 20, seed = 7",
    "Kernel: Deno",
    "Versions: Deno 2.9.6",
  ]);
  deepEqual(facts({ ...notebook(), metadata: {} }), ["Notebook: 01-a.ipynb, student’s edition"]);
});
