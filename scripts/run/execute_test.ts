import assert from "node:assert/strict";
import { join } from "node:path";
import { CellError } from "./cell_error.ts";
import { executeNotebook } from "./execute.ts";
import { kernelKinds } from "../kernel/kinds.ts";
import { deno } from "../kernel/kernel.ts";
import { checkNotebook, formatNotebook, readNotebook } from "../notebook/notebook.ts";
import { root } from "../common/project.ts";
import { noTslab, testWith } from "../testdata/needs.ts";
import { notebookOf, outputsOf, printedBy, tempFolder } from "../testdata/notebooks.ts";

Deno.test("executeNotebook() runs cells in order and leaves the given notebook as it is", async () => {
  const given = notebookOf("let a = 1;", "", "console.log(a);\na + 1");
  const before = structuredClone(given);
  const { notebook, seconds } = await executeNotebook(given);
  assert.deepEqual(given, before);
  assert.deepEqual(notebook.cells.map((cell) => "execution_count" in cell && cell.execution_count), [
    1,
    null,
    2,
  ]);
  assert.deepEqual(outputsOf(notebook, 3), [
    { output_type: "stream", name: "stdout", text: "1\n" },
    {
      output_type: "execute_result",
      data: { "text/plain": "\x1b[33m2\x1b[39m" },
      metadata: {},
      execution_count: 2,
    },
  ]);
  assert.deepEqual(notebook.metadata.kernelspec, {
    display_name: "Deno (course)",
    language: "typescript",
    name: "deno",
  });
  assert(seconds > 0 && seconds < 10);
});

Deno.test("executeNotebook() gives the same bytes each time, and stores no times", async () => {
  const given = notebookOf("console.log({ a: 1 });\n[1, 'a']");
  given.cells[0].metadata.execution = { "iopub.status.idle": "2026-01-01T00:00:00Z" };
  const one = formatNotebook((await executeNotebook(given)).notebook);
  assert.equal(formatNotebook((await executeNotebook(given)).notebook), one);
  assert(!one.includes("iopub"));
});

Deno.test("executeNotebook() loses nothing in 50 runs", async () => {
  const given = notebookOf(
    "for (let i = 0; i < 100; i++) console.log(i);\n'one'",
    "for (let i = 0; i < 100; i++) { console.log(i); console.error(i); }",
    "await Deno.jupyter.display({ 'text/plain': 'shown' }, { raw: true });\n'two'",
  );
  const expected = formatNotebook((await executeNotebook(given)).notebook);
  const numbers = Array.from({ length: 100 }, (_, i) => `${i}\n`);
  assert.equal(expected.split('"output_type": "stream"').length - 1, 201);
  assert.equal(printedBy((await executeNotebook(given)).notebook, 1), numbers.join(""));
  const run = async () => {
    for (let i = 0; i < 12; i++) {
      assert.equal(formatNotebook((await executeNotebook(given)).notebook), expected);
    }
  };
  await Promise.all([run(), run(), run(), run()]);
});

Deno.test("executeNotebook() keeps 100,000 printed lines in order", async () => {
  const { notebook } = await executeNotebook(notebookOf("for (let i = 0; i < 100_000; i++) console.log(i);"));
  const expected = Array.from({ length: 100_000 }, (_, i) => `${i}\n`).join("");
  assert(printedBy(notebook, 1) === expected);
  assert.equal(outputsOf(notebook, 1).length, 1);
});

Deno.test("executeNotebook() updates displays of earlier cells, and clears outputs", async () => {
  const display = (type: string, text: string) =>
    `await Deno.jupyter.broadcast("${type}", { data: { "text/plain": "${text}" }, metadata: {}, transient: { display_id: "x" } });`;
  const { notebook } = await executeNotebook(notebookOf(
    display("display_data", "old"),
    display("update_display_data", "new"),
    "console.log(1); await Deno.jupyter.broadcast('clear_output', { wait: true }); console.log(2);",
  ));
  assert.deepEqual(outputsOf(notebook, 1), [{
    output_type: "display_data",
    data: { "text/plain": "new" },
    metadata: {},
  }]);
  assert.deepEqual(outputsOf(notebook, 2), []);
  assert.equal(printedBy(notebook, 3), "2\n");
});

Deno.test("executeNotebook() runs in the notebook's folder, whatever its name", async () => {
  using folder = tempFolder();
  const { notebook } = await executeNotebook(notebookOf("console.log(Deno.cwd())"), {
    path: join(folder.path, "ä b.ipynb"),
  });
  assert.equal(printedBy(notebook, 1).trim(), Deno.realPathSync(folder.path));
});

Deno.test("executeNotebook() continues after an error in a cell tagged raises-exception", async () => {
  const { notebook } = await executeNotebook(
    notebookOf(["throw new TypeError('expected')", "raises-exception"], "1"),
  );
  const [output] = outputsOf(notebook, 1);
  assert(output.output_type === "error" && output.ename === "TypeError" && output.evalue === "expected");
  assert.equal(outputsOf(notebook, 2).length, 1);
});

Deno.test("executeNotebook() reports a cell that throws, with its output", async () => {
  const source = "console.log('out');\nconsole.error('err');\nthrow new TypeError('x?\\ny')";
  const given = notebookOf("1", source, "3");
  given.cells.forEach((cell) => cell.cell_type === "code" && (cell.execution_count = 99));
  using folder = tempFolder();
  const path = join(folder.path, "a.ipynb");
  const error = await executeNotebook(given, { path }).catch((error) => error);
  assert(error instanceof CellError);
  assert.equal(error.message.split("\n")[0], `${path}: cell 2 failed: TypeError: x?`);
  for (
    const part of [
      "  its source:\n    console.log('out');",
      "  it printed:\n    out\n",
      "  it printed on stderr:\n    err\n",
    ]
  ) {
    assert(error.message.includes(part), part);
  }
  assert.match(error.message, /the traceback:\n {4}TypeError: x\?\n/);
  assert.deepEqual([error.cell, error.notebook.cells[1].source], [2, source]);
  const printed = outputsOf(error.notebook, 2).map((it) =>
    it.output_type === "stream" ? [it.name, it.text] : []
  );
  assert.deepEqual(printed, [["stdout", "out\n"], ["stderr", "err\n"], []]);
  assert.equal(outputsOf(error.notebook, 2).at(-1)?.output_type, "error");
  assert.deepEqual(error.notebook.cells.map((cell) => "execution_count" in cell && cell.execution_count), [
    1,
    2,
    null,
  ]);
});

Deno.test("executeNotebook() reports a syntax error, which the kernel does not", async () => {
  const error = await executeNotebook(notebookOf("const a = ;")).catch((error) => error);
  assert.match(
    error.message,
    /^notebook\.ipynb: cell 1 failed: SyntaxError: line 1, column 11: Unexpected token\.\n/,
  );
});

Deno.test("a failed call outside an experiment that was not awaited is reported", async () => {
  const given = notebookOf(
    'import { show } from "@course/lib";',
    'async function work() { throw new Error("no paper"); }\nwork();\nawait new Promise((done) => setTimeout(done, 20));',
  );
  const { notebook } = await executeNotebook(given, { path: join(root, "notebooks", "a.ipynb") });
  assert.match(
    JSON.stringify(outputsOf(notebook, 2)),
    /Warning: A call failed, and nobody awaited it: .*no paper/,
  );
});

Deno.test("executeNotebook() reports a missing async, and hides internals of kernels and lib", async () => {
  const reason = async (source: string) =>
    (await executeNotebook(notebookOf(source), { path: join(root, "notebooks", "a.ipynb") })
      .catch((error) => error)).message;
  assert.match(
    await reason("function take() {\n  const a = await 1;\n}"),
    /failed: SyntaxError: line 2, column 13: await in a function that is not async/,
  );
  const message = await reason(`import { EventLoop, experiment, sleep } from "@course/lib";
async function oops() {
  await sleep(1);
  throw new TypeError("lost");
}
const run = await experiment("oops", {}, async () => {
  const loop = new EventLoop();
  await loop.runUntilComplete(loop.createTask(oops));
});`);
  assert.match(message, /the traceback:\n {4}TypeError: lost\n {8}at \S*oops \(In\[1\]:4:9\)$/);
});

Deno.test("executeNotebook() reports a cell that times out", async () => {
  const error = await executeNotebook(notebookOf("console.log('on');\nfor (;;);"), { timeout: 1 }).catch((
    error,
  ) => error);
  assert(error instanceof CellError);
  assert.match(
    error.message,
    /^notebook\.ipynb: cell 1 failed: it ran for longer than 1 s; .*--timeout\.\n/,
  );
  assert.equal(printedBy(error.notebook, 1), "on\n");
});

Deno.test("executeNotebook() reports a cell that ends the kernel", async () => {
  const error = await executeNotebook(notebookOf("1", "Deno.exit(3)", "3")).catch((error) => error);
  assert(error instanceof CellError);
  assert.match(error.message, /^notebook\.ipynb: cell 2 failed: the kernel ended with exit code 3\.\n/);
  assert.equal(outputsOf(error.notebook, 1).length, 1);
});

Deno.test("executeNotebook() suspects a loop if a cell times out computing, an await if it times out waiting", async () => {
  for (
    const [code, why] of [["for (;;);", "a loop that does not end"], [
      "await new Promise(() => {})",
      "an await that nothing fulfils",
    ]]
  ) {
    const error = await executeNotebook(notebookOf("1", code), { timeout: 1 }).catch((error) => error);
    assert.match(
      error.message,
      new RegExp(`cell 2 failed: it ran for longer than 1 s; look for ${why}, or`),
    );
  }
});

Deno.test("executeNotebook() keeps the output of a cell that ends the kernel", async () => {
  for (const exit of ["Deno.exit(0)", "(await import('node:process')).exit(0)"]) {
    const error = await executeNotebook(notebookOf(`console.log('last words'); ${exit}`)).catch((error) =>
      error
    );
    assert.match(error.message, /cell 1 failed: the kernel ended with exit code 0\./);
    assert.equal(printedBy(error.notebook, 1), "last words\n");
  }
});

Deno.test("executeNotebook() reports that memory ran out", async () => {
  const kernel = { ...deno, env: { ...deno.env, DENO_V8_FLAGS: "--max-old-space-size=200" } };
  const given = notebookOf("const all = []; for (;;) all.push(Array(10_000).fill(Math.random()));");
  const error = await executeNotebook(given, { kernel }).catch((error) => error);
  assert.match(error.message, /cell 1 failed: the kernel ran out of memory\.\n/);
});

Deno.test("executeNotebook() reports output that no notebook can hold, and keeps the rest", async () => {
  const show = `await Deno.jupyter.broadcast("display_data", { data: { "text/plain": 5 }, metadata: {} });`;
  const error = await executeNotebook(notebookOf("1", `console.log("a"); ${show}`, "3")).catch((error) =>
    error
  );
  assert(error instanceof CellError);
  assert.match(
    error.message,
    /cell 2 failed: it shows what no notebook can hold: data: text\/plain: expected a string or a list of strings\./,
  );
  assert.equal(printedBy(error.notebook, 2), "a\n");
  formatNotebook(checkNotebook(error.notebook, "a.ipynb"));
});

Deno.test("executeNotebook() reports an error without a message", async () => {
  const codes = [
    [`throw Object.assign(new Error(), { message: { a: 1 } });`, /cell 1 failed: Error: \{ a: 1 \}\./],
    [`await Deno.jupyter.broadcast("error", { ename: 1, evalue: 2, traceback: [] });`, /cell 1 failed: /],
  ] as const;
  for (const [code, words] of codes) {
    const error = await executeNotebook(notebookOf(code)).catch((error) => error);
    assert(error instanceof CellError, String(error));
    assert.match(error.message, words);
  }
});

const unheard: [name: string, printed: RegExp][] = [
  ["run-throw-in-timer", /Uncaught Error: boom in timer\n/],
  ["run-unhandled-rejection", /^after\nUncaught Error: nobody waits for me\n/],
];
for (const [name, printed] of unheard) {
  for (const kernel of kernelKinds) {
    testWith(kernel === deno ? undefined : await noTslab, `${name}: ${kernel.name} tells of it`, async () => {
      const path = join(import.meta.dirname!, "testdata", `${name}.ipynb`);
      const { notebook } = await executeNotebook(await readNotebook(path), { kernel });
      // tslab does not know which cell has started a timer.
      assert.match(printedBy(notebook, 1) + (kernel === deno ? "" : printedBy(notebook, 2)), printed);
    });
  }
}

Deno.test("executeNotebook() keeps output of the last cell's timers within a second, and waits for no others", async () => {
  const started = performance.now();
  const { notebook } = await executeNotebook(notebookOf(
    "setInterval(() => {}, 1); setTimeout(() => {}, 1e6);",
    "setTimeout(() => console.log('late'), 300); setTimeout(() => { throw new Error('boom'); }, 100);",
  ));
  assert.match(printedBy(notebook, 2), /^Uncaught Error: boom\n.*\nlate\n$/);
  assert(performance.now() - started < 20_000);
  await executeNotebook(notebookOf("setTimeout(() => { for (;;); }, 700);"));
  await executeNotebook(notebookOf("setTimeout(() => Deno.exit(), 700);"));
  const replaced = await executeNotebook(
    notebookOf("globalThis.Promise = class {};", "setTimeout(() => console.log('late'), 300);"),
  );
  assert.match(printedBy(replaced.notebook, 2), /late\n$/);
});

for (const kernel of kernelKinds) {
  testWith(
    kernel === deno ? undefined : await noTslab,
    `${kernel.name} reports the cause of an error`,
    async () => {
      const path = join(import.meta.dirname!, "testdata", "run-error-cause.ipynb");
      const error = await executeNotebook(await readNotebook(path), { kernel, path }).catch((error) => error);
      assert.match(error.message, /cell 2 failed: Error: outer\.\n[^]*INNERCAUSE"/);
      assert.match(error.message, /(?:Caused by|\[cause\]:) Error: INNERCAUSE\n/);
      assert.doesNotMatch(error.message, /node_modules|node:/);
    },
  );
}

Deno.test("executeNotebook() reports when cells start and end", async () => {
  const events: [done: number, all: number][] = [];
  await executeNotebook(notebookOf("1", "2"), { onCell: (...event) => events.push(event) });
  assert.deepEqual(events, [[0, 2], [1, 2], [1, 2], [2, 2]]);
});

Deno.test("executeNotebook() continues after a cell has replaced JSON.stringify", async () => {
  const { notebook } = await executeNotebook(notebookOf("JSON.stringify = () => 'x';", "console.log('on');"));
  assert.equal(printedBy(notebook, 2), "on\n");
});

Deno.test("executeNotebook() reports the cell that broke its kernel's messages", async () => {
  for (const words of ["undefined", "({})", "1"]) {
    const source = `Object.prototype.toJSON = () => ${words};`;
    await assert.rejects(
      executeNotebook(notebookOf(source)),
      /cell 1 failed: the kernel was ended by SIGKILL\./,
    );
  }
});
