import assert from "node:assert/strict";
import { display, notebook, stream } from "../handouts/testdata/fixtures.ts";
import { executeNotebook } from "../run/execute.ts";
import { formatNotebook, type Notebook, type Output, parseNotebook } from "../notebook/notebook.ts";
import { differences } from "./differences.ts";
import { notebookOf } from "../testdata/notebooks.ts";

const runAgain = async (path: string, notebook: Notebook) =>
  differences(path, notebook, (await executeNotebook(notebook)).notebook);

Deno.test("differences() finds nothing if a notebook reproduces its outputs", async () => {
  const svg = 'Deno.jupyter.broadcast("display_data", {' +
    ' data: { "text/plain": "t", "image/svg+xml": "<svg/>" }, metadata: {} });'; // not in the order of the file
  const executed = await executeNotebook(notebookOf("console.log(1);", "2 + 2", svg));
  const notebook = parseNotebook(formatNotebook(executed.notebook), "same.ipynb");
  assert.deepEqual(await runAgain("same.ipynb", notebook), []);
});

Deno.test("differences() names the cell whose output differs", async () => {
  const { notebook } = await executeNotebook(notebookOf("console.log(1);", "console.log(Math.random());"));
  const [problem] = await runAgain("notebooks/x.ipynb", notebook);
  assert.equal(problem, "x.ipynb, cell 2: output 1 differs from the committed one");
});

/** Returns the problem of a cell that runs in real time and has other outputs the second time, if that is one. */
function inRealTime(...runs: [committed: Output[], again: Output[]]): string | undefined {
  const [one, other] = runs.map((outputs) => notebook({ code: "1", tags: ["real-time"], outputs }));
  return differences("x.ipynb", one, other)[0];
}

const picture = (...words: string[]) =>
  display({
    "image/svg+xml": `<svg width="${words.length}">${words.map((it) => `<text>${it}</text>`).join("")}</svg>`,
  });

Deno.test("differences() ignores numbers, and the coordinates of pictures, in what runs in real time", () => {
  const table = display({ "text/plain": "seconds\n      9", "text/html": "<td>9</td>" });
  const wider = display({ "text/plain": "seconds\n  10.25", "text/html": "<td>10.25</td>" });
  const committed = [
    stream("\x1b[33m--\x1b[0m 1 item after 0.5 s\n"),
    table,
    picture("producer", "0", "1", "2", "seconds"),
  ];
  const again = [
    stream("\x1b[33m--\x1b[0m 2 items after 1.25 s\n"),
    wider,
    picture("producer", "0", "1", "seconds"),
  ];
  assert.equal(inRealTime(committed, again), undefined);
});

const [printed, drawn] = [stream("item 1 after 0.5 s\n"), picture("producer")];
for (
  const [what, committed, again, problem] of [
    ["an output that is missing", [printed, drawn], [printed], "1 output instead of 2"],
    ["other words", [printed], [stream("no item after 0.5 s\n")], "output 1 differs from the committed one"],
    [
      "another kind of text",
      [printed],
      [stream("item 1 after 0.5 s\n", "stderr")],
      "output 1 differs from the committed one",
    ],
    [
      "text in place of a picture",
      [drawn],
      [display({ "text/plain": "producer" })],
      "output 1 differs from the committed one",
    ],
    [
      "another lane",
      [printed, drawn],
      [printed, picture("producer", "consumer")],
      "output 2 differs from the committed one",
    ],
  ] as const
) {
  Deno.test(`differences() finds in what runs in real time ${what}`, () => {
    assert.equal(inRealTime([...committed], [...again]), `x.ipynb, cell 1: ${problem}`);
  });
}

Deno.test("differences() says that a notebook was never run", async () => {
  const [problem, wayOut] = await runAgain("x.ipynb", notebookOf("1"));
  assert.equal(problem, "x.ipynb, cell 1: it was never run");
  assert.match(wayOut, /deno task run x\.ipynb/);
});
