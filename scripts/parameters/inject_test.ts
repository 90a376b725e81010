import assert from "node:assert/strict";
import { CourseError } from "../common/errors.ts";
import { Kernel } from "../kernel/client.ts";
import { deno } from "../kernel/kernel.ts";
import { formatNotebook } from "../notebook/notebook.ts";
import { notebookOf } from "../testdata/notebooks.ts";
import { readParameters } from "./declaration.ts";
import { inject, injectAcross } from "./inject.ts";
import type { Values } from "./type.ts";

const source = `const items: number = 20; // 1 to 1000: items
let name: string = "a";
const mode: "fast" | "slow" = "fast";`;
const given = notebookOf("1", [source, "parameters"], "2");
const parameters = readParameters(given, "a.ipynb");
const paths = { input: "notebooks/a.ipynb", output: "runs/a-items=3.ipynb" };
const put = (values: [string, string | number][], notebook = given) =>
  inject(notebook, parameters, new Map(values) as Values, paths);

Deno.test("inject() puts a tagged cell below the parameters, in the order of their declaration", () => {
  const { cells } = put([["mode", "slow"], ["name", "b"], ["items", 3]]);
  assert.deepEqual(cells.map(({ id }) => id), ["cell-1", "cell-2", "injected-parameters", "cell-3"]);
  assert.deepEqual(cells[2].metadata, { tags: ["injected-parameters"] });
  assert.equal(
    cells[2].source,
    '// Parameters\nconst items: number = 3;\nlet name: string = "b";\nconst mode: "fast" | "slow" = "slow";',
  );
});

Deno.test("inject() does not modify the notebook", () => {
  const before = structuredClone(given);
  put([["items", 3]]);
  assert.deepEqual(given, before);
});

Deno.test("inject() replaces an earlier injection", () => {
  const twice = put([["items", 4]], put([["items", 3]]));
  assert.equal(twice.cells.length, 4);
  assert.match(twice.cells[2].source, /items: number = 4;/);
});

Deno.test("inject() adds papermill's record as valid JSON", () => {
  const notebook = put([["items", Infinity]]);
  assert.deepEqual(notebook.metadata.papermill, {
    default_parameters: {},
    environment_variables: {},
    input_path: "notebooks/a.ipynb",
    output_path: "runs/a-items=3.ipynb",
    parameters: { items: "Infinity" },
    version: "2.7.0",
  });
  JSON.parse(formatNotebook(notebook));
});

Deno.test("inject() lets no string escape its quotes: a kernel reads back what was given", async () => {
  const attempts = [
    '"; Deno.exit() //',
    "'; Deno.exit() //",
    "`; Deno.exit() //",
    "${Deno.exit()}",
    '\\"; Deno.exit(); //',
    "\\u0022; Deno.exit(); //",
    '"\n; Deno.exit(); //',
    '"\r\n; Deno.exit(); //',
    '"\u2028; Deno.exit(); //',
    "*/ Deno.exit() /*",
    "</script><script>",
    "\ud800\0\x1b[2J\u202e",
    "\\",
  ];
  await using kernel = await Kernel.start(deno);
  for (const attempt of attempts) {
    const { source } = put([["name", attempt]]).cells[2];
    let printed = "";
    const reply = await kernel.execute(`${source}\nconsole.log(JSON.stringify(name));`, {
      onMessage: ({ content }) => void (printed += content.text ?? ""),
    });
    assert.equal(reply.status, "ok");
    assert.equal(JSON.parse(printed), attempt);
  }
});

const notebooks = [
  {
    path: "a/one.ipynb",
    notebook: notebookOf(["const items: number = 2; // whole, 1 to 9: items", "parameters"]),
  },
  { path: "a/two.ipynb", notebook: notebookOf("console.log(1);") },
];

Deno.test("injectAcross() sets a parameter where there is one, and leaves other notebooks alone", () => {
  const [one, two] = injectAcross(notebooks, new Map([["items", "3"]]));
  assert.equal(one.notebook.cells[1].source, "// Parameters\nconst items: number = 3;");
  assert.equal(two, notebooks[1]);
});

Deno.test("injectAcross() refuses a name that no notebook has, and a value that is not allowed", () => {
  assert.throws(() => injectAcross(notebooks, new Map([["item", "3"]])), CourseError);
  assert.throws(() => injectAcross(notebooks, new Map([["items", "10"]])), /whole number from 1 to 9/);
});
