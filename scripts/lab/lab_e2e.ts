import assert from "node:assert/strict";
import { runAll } from "../run/run_all.ts";
import { type Cell, readNotebook } from "../notebook/notebook.ts";
import { courseNotebooks } from "../common/project.ts";
import { deno } from "../kernel/kernel.ts";
import { tslab } from "../kernel/tslab.ts";
import { noTslab, testWith } from "../testdata/needs.ts";
import { notebookOf } from "../testdata/notebooks.ts";
import { type LabCell, LabForTests, whatIsMissing } from "../testdata/lab.ts";

const noLab = await whatIsMissing();
const options = { sanitizeOps: false, sanitizeResources: false };

/** One JupyterLab for all tests: it takes seconds to start. */
let shared: Promise<LabForTests> | undefined;
Deno.test.afterAll(async () => await (await shared)?.[Symbol.asyncDispose]());

/** The course's notebooks as our runner leaves them. */
let expected: ReturnType<typeof runCourse> | undefined;
async function runCourse() {
  const files = await Promise.all(
    (await courseNotebooks()).map(async (path) => ({ path, notebook: await readNotebook(path) })),
  );
  return (await runAll(files)).map(({ notebook }, i) => ({ path: files[i].path, notebook }));
}

const program = `import { EventLoop, experiment, generated, show, sleep, timeline } from "@course/lib";
async function generate(num: number) {
  for (let i = 1; i <= num; i++) {
    generated(i);
    await sleep(0.5);
  }
}
async function main(num: number) {
  const loop = new EventLoop();
  await loop.runUntilComplete(loop.createTask(generate, num));
}`;

const textOf = (cell: LabCell) =>
  cell.outputs.map((output) => output.output_type === "stream" ? [output.text].flat().join("") : "").join("");
const svgs = (cells: LabCell[]) =>
  cells.flatMap(({ outputs }) => outputs).filter((output) => "data" in output && output.data["image/svg+xml"])
    .length;

/** The same value with the names of all objects in order: JupyterLab keeps another. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value).sort().map(([name, inner]) => [name, sorted(inner)]);
}

/** True for a cell of JupyterLab that has all that it should; what runs in real time need only have as many lines. */
function hasAll(cell: LabCell, expected: Cell, kernel: string): boolean {
  if (expected.cell_type !== "code") return true;
  const written = (outputs: LabCell["outputs"]) =>
    JSON.stringify(outputs.map((output) => {
      if (output.output_type === "stream") return [output.name, [output.text].flat().join("")];
      return "data" in output ? sorted(output.data) : output;
    }));
  if (expected.metadata.tags?.includes("real-time")) {
    return textOf(cell).split("\n").length >=
      textOf({ ...cell, outputs: expected.outputs }).split("\n").length;
  }
  const [one, other] = [written(cell.outputs), written(expected.outputs)];
  return one === other || kernel !== "deno" && one.replace(/\\"|'/g, "'") === other.replace(/\\"|'/g, "'");
}

for (const kernel of [deno, tslab]) {
  const missing = noLab ?? (kernel === tslab ? await noTslab : undefined);
  const test = (name: string, fn: () => Promise<void>) => testWith(missing, name, fn, options);
  test(
    `JupyterLab shows every output and plot of Run All, run after run: ${kernel.name}`,
    async () => {
      const lab = await (shared ??= LabForTests.start());
      for (const { path, notebook } of await (expected ??= runCourse())) {
        const open = await lab.open(path, notebook, kernel.name);
        for (const command of ["run-all-cells", "run-all-cells", "restart-run-all"] as const) {
          const isWhole = (cells: LabCell[]) =>
            cells.every((cell, i) => hasAll(cell, notebook.cells[i], kernel.name));
          await open.run(command);
          const cells = await open.until(isWhole, 20);
          assert.deepEqual(
            cells.flatMap((cell, i) => hasAll(cell, notebook.cells[i], kernel.name) ? [] : [i + 1]),
            [],
            `${path}, ${command}`,
          );
          assert.equal(await open.pictures(), svgs(cells), path);
        }
        await open.page.close();
      }
    },
  );

  test(
    `JupyterLab's Stop ends an experiment, draws it, and keeps the kernel: ${kernel.name}`,
    async () => {
      const lab = await (shared ??= LabForTests.start());
      const notebook = notebookOf(
        program,
        'const run = await experiment("long", { speed: 1 }, () => main(1e6));\nawait show(timeline(run));',
        "console.log(run.stopped, run.generated > 1);",
      );
      const open = await lab.open("stop.ipynb", notebook, kernel.name);
      const running = open.run("run-all-cells");
      await open.until(([, cell]) => textOf(cell).includes("generated item 3"), 20);
      const pressed = performance.now();
      await open.stop();
      const cells = await open.until(([, cell]) => textOf(cell).includes("App stopped"), 5);
      assert(performance.now() - pressed < 1500, "it took longer than a second");
      assert.match(textOf(cells[1]), /App stopped after/);
      await running;
      const after = await open.until((cells) => textOf(cells[2]) !== "");
      assert.match(textOf(after[2]), /true.* .*true/);
      assert.equal(await open.pictures(), 1);
    },
  );

  test(
    `JupyterLab shows a run in real time as it happens, and another after a change: ${kernel.name}`,
    async () => {
      const lab = await (shared ??= LabForTests.start());
      const notebook = notebookOf(
        `${program}\nlet items: number = 20;`,
        'const run = await experiment("live", { speed: 5, live: timeline }, () => main(items));',
        "console.log(run.generated);",
      );
      const open = await lab.open("live.ipynb", notebook, kernel.name);
      const running = open.run("run-all-cells");
      await open.until(([, cell]) => textOf(cell).includes("generated item 3"), 20);
      const pictures = new Set<string>();
      for (let i = 0; i < 5; i++) {
        const [, { outputs }] = await open.cells();
        assert(!textOf((await open.cells())[1]).includes("App exiting") || i > 2, "it was over at once");
        pictures.add(JSON.stringify(outputs.find((output) => "data" in output)));
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
      assert(pictures.size > 2, `${pictures.size} pictures`);
      await running;
      assert.match(textOf((await open.until((cells) => textOf(cells[2]) !== ""))[2]), /20/);
      await open.write(0, `${program}\nlet items: number = 3;`);
      await open.run("run-all-cells");
      const cells = await open.until((cells) => /^\S*3\b/.test(textOf(cells[2])));
      assert.match(textOf(cells[2]), /^\S*3\b/);
      assert.equal(svgs(cells), 1);
    },
  );
}
