import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { runAll } from "../run/run_all.ts";
import { type Cell, readNotebook, writeNotebook } from "../notebook/notebook.ts";
import { courseNotebooks } from "../common/course.ts";
import { freePorts } from "../kernel/connection.ts";
import { deno } from "../kernel/kernel.ts";
import { tslab } from "../kernel/tslab.ts";
import { noTslab, testWith } from "../testdata/needs.ts";
import { notebookOf, tempFolder } from "../testdata/notebooks.ts";
import { startLab } from "./lab.ts";
import { type LabCell, LabForTests, whatIsMissing } from "../testdata/lab.ts";

const noLab = await whatIsMissing();
const options = { sanitizeOps: false, sanitizeResources: false };

/** One JupyterLab for all tests, as it takes seconds to start. */
let shared: Promise<LabForTests> | undefined;
Deno.test.afterAll(async () => await (await shared)?.[Symbol.asyncDispose]());

/** The course's notebooks as our runner writes them. */
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
/** Returns the text below a cell: prints, values and errors, without colours. */
const allTextOf = (cell: LabCell) =>
  stripVTControlCharacters(
    cell.outputs.map((output) => {
      if (output.output_type === "stream") return [output.text].flat().join("");
      return output.output_type === "error" ? output.traceback.join("\n") : output.data["text/plain"] ?? "";
    }).join(""),
  );
/** Counts the pictures that cells show; a replay, which has one as well, is shown as HTML. */
const svgs = (cells: LabCell[]) =>
  cells.flatMap(({ outputs }) => outputs.flatMap((output) => "data" in output ? [output.data] : []))
    .filter((data) => data["image/svg+xml"] && !data["text/html"]).length;

/** Returns the value with the keys of all objects sorted, as JupyterLab changes their order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value).sort().map(([name, inner]) => [name, sorted(inner)]);
}

/** Returns true if a cell in JupyterLab has the expected outputs; in real time, if it has as many outputs and lines. */
function hasAll(cell: LabCell, expected: Cell, kernel: string): boolean {
  if (expected.cell_type !== "code" || expected.metadata.tags?.includes("nats")) return true;
  const written = (outputs: LabCell["outputs"]) =>
    JSON.stringify(outputs.map((output) => {
      if (output.output_type === "stream") return [output.name, [output.text].flat().join("")];
      return "data" in output ? sorted(output.data) : output;
    }));
  if (expected.metadata.tags?.includes("real-time")) {
    return cell.outputs.length >= expected.outputs.length && textOf(cell).split("\n").length >=
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
      for (const [n, { path, notebook }] of (await (expected ??= runCourse())).entries()) {
        const open = await lab.open(path, notebook, kernel.name);
        const commands = ["run-all-cells", "run-all-cells", "restart-run-all"] as const;
        for (const command of commands.slice(0, n < 6 ? 3 : 1)) { // part two has nothing that a second run could change
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
      await open.stop();
      const cells = await open.until(([, cell]) => textOf(cell).includes("App stopped"));
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

  test(`JupyterLab plays a replay, by its own keys: ${kernel.name}`, async () => {
    const lab = await (shared ??= LabForTests.start());
    const notebook = notebookOf(
      program.replace("show,", "replay, show,"),
      'await show(replay(await experiment("replayed", { quiet: true }, () => main(2))));',
    );
    const open = await lab.open("replay.ipynb", notebook, kernel.name);
    const { page } = open;
    await open.run("run-all-cells");
    await page.getByRole("button", { name: "Play" }).focus();
    const sentence = page.locator(".course-replay .sentence");
    assert.match(
      await sentence.innerText(),
      /^0\.00 s: generate starts, generates item 1 and sleeps until 0\.50 s \(line 5\)/,
    );
    await page.keyboard.press("ArrowRight");
    assert.match(
      await sentence.innerText(),
      /^0\.50 s: generate wakes, generates item 2 and sleeps until 1\.00 s/,
    );
    assert.equal(await page.locator(".course-replay .lit").innerText(), "    await sleep(0.5);  generate");
    await page.keyboard.press("End");
    assert.match(await sentence.innerText(), /^1\.00 s: The run is over/);
  });

  test(`JupyterLab's Stop keeps the variables, whatever runs: ${kernel.name}`, async () => {
    const lab = await (shared ??= LabForTests.start());
    const endless = ["await new Promise(() => {});", "for (;;);"];
    const open = await lab.open(
      "kept.ipynb",
      notebookOf(
        "let kept = 7;",
        ...endless.map((code) => `console.log("begun");\n${code}`),
        "console.log(kept);",
      ),
      kernel.name,
    );
    await open.runCell(0);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await open.stop(); // nothing runs
    for (const cell of [1, 2]) {
      const running = open.runCell(cell);
      await open.until((cells) => allTextOf(cells[cell]) !== "", 20);
      await open.stop();
      const cells = await open.until((cells) => allTextOf(cells[cell]).includes("stopped"));
      assert.match(allTextOf(cells[cell]), /^begun\n(Stopped: )?The run was stopped\.\s*$/);
      await running;
      await open.runCell(3);
      await open.until((cells) => /7/.test(textOf(cells[3])));
      await open.write(3, "console.log(kept);");
    }
    await open.page.close();
  });

  test(`JupyterLab shows in its cell what goes wrong, and runs none below: ${kernel.name}`, async () => {
    const lab = await (shared ??= LabForTests.start());
    const wrong: [code: string, shown: RegExp][] = [
      [
        "const a = 1;\nconst b = (a;",
        kernel === deno ? /SyntaxError: line 2, column 13: / : /2:13 - '\)' expected/,
      ],
      [
        "const c: any = null;\n\n// A comment.\nc.d;",
        kernel === deno ? /TypeError: .*'d'\)\n.*In\[2\]:4:3$/ : /TypeError: .*'d'\)/,
      ],
      ["Promise.reject(new Error('nobody'));", /nobody/],
      ["setTimeout(() => { throw new Error('late'); }, 20);", /late/],
    ];
    const cells = wrong.map(([code]) => code);
    const open = await lab.open("wrong.ipynb", notebookOf(...cells, "console.log('below')"), kernel.name);
    for (const [i, [code, shown]] of wrong.entries()) {
      if (kernel === tslab && i > 1) break; // Node says of these where they are not awaited, in a cell that runs then
      await open.runCell(i);
      const after = await open.until((cells) => shown.test(allTextOf(cells[i])));
      assert.match(allTextOf(after[i]), shown, code);
    }
    if (kernel === deno) {
      await open.run("run-all-cells");
      const isAlone = ([first, ...others]: Awaited<ReturnType<typeof open.cells>>) =>
        allTextOf(first) !== "" && others.every(({ outputs }) => outputs.length === 0);
      await open.until(isAlone);
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert(isAlone(await open.cells()));
    }
    await open.page.close();
  });

  test(`JupyterLab goes on while a cell prints without end, and its Stop ends that: ${kernel.name}`, async () => {
    if (kernel === tslab) return;
    const lab = await (shared ??= LabForTests.start());
    const endless = "for (let i = 0;; i++) console.log(i);";
    const open = await lab.open(
      "flood.ipynb",
      notebookOf("for (let i = 0; i < 1e5; i++) console.log(i);", endless),
      kernel.name,
    );
    for (const cell of [0, 1]) {
      const running = open.runCell(cell);
      const cells = await open.until((cells) => allTextOf(cells[cell]).includes("is left out"));
      assert.match(allTextOf(cells[cell]), /\n9999\n… more was printed than a page can show/);
      if (cell === 1) await open.stop();
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 2000))]);
    }
    assert.match(allTextOf((await open.cells())[1]), /The run was stopped\.$/);
    await open.page.close();
  });

  test(`JupyterLab shows signature and comment of a name of lib's at Shift + Tab: ${kernel.name}`, async () => {
    const lab = await (shared ??= LabForTests.start());
    const open = await lab.open(
      "names.ipynb",
      notebookOf('import { sleep } from "@course/lib";', "sleep"),
      kernel.name,
    );
    await open.runCell(0);
    await open.page.locator(".jp-CodeCell .cm-content").nth(1).click();
    await open.page.keyboard.press("End");
    await open.page.keyboard.press("Shift+Tab");
    const tooltip = open.page.locator(".jp-Tooltip");
    await tooltip.filter({ hasText: "meanwhile" }).waitFor({ timeout: 10_000 }); // it comes empty
    const text = await tooltip.innerText();
    assert.match(text, /sleep\(seconds: number\)/);
    assert.match(text, /lets the other tasks run meanwhile/);
    await open.page.close();
  });
}

testWith(
  noLab,
  "startLab() shows another course, and opens its first notebook",
  async () => {
    using folder = tempFolder();
    for (const name of ["b.ipynb", "a.ipynb"]) await writeNotebook(join(folder.path, name), notebookOf("1"));
    Deno.writeTextFileSync(
      join(folder.path, "course.yaml"),
      "title: Mine\nnotebooks: [{file: b.ipynb}, {file: a.ipynb}]",
    );
    const [port] = freePorts(1);
    const own = ["--IdentityProvider.token=t", "--Application.log_level=ERROR"];
    const args = [`--ServerApp.port=${port}`, "--ServerApp.port_retries=0", ...own];
    await using _lab = await startLab({ course: relative(".", folder.path), browser: false, args });
    const address = `http://127.0.0.1:${port}`;
    const get = (path: string) =>
      fetch(`${address}/${path}?token=t`).catch(() => new Promise((go) => setTimeout(go, 100)));
    let reply: Response | undefined;
    while (!(reply = await get("api/contents") as Response | undefined)?.ok) await reply?.body?.cancel();
    const names = (await reply.json()).content.map(({ name }: { name: string }) => name).sort();
    assert.deepEqual(names, ["a.ipynb", "b.ipynb", "course.yaml"]);
    assert.match((await get("") as Response).url, /\/lab\/tree\/b\.ipynb/);
  },
  options,
);
