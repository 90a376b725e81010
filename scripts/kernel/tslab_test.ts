import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pTimeout from "p-timeout";
import { signalGroup } from "../common/command.ts";
import { CellError } from "../run/cell_error.ts";
import { executeNotebook } from "../run/execute.ts";
import { root } from "../common/project.ts";
import { noTslab, testWith } from "../testdata/needs.ts";
import { notebookOf, outputsOf, printedBy, tempFolder } from "../testdata/notebooks.ts";
import { until } from "../testdata/until.ts";
import { frontCommand, FrontEnd } from "../testdata/front_end.ts";
import { Kernel, KernelLost } from "./client.ts";
import { request } from "./messages.ts";
import { tslab, unfitNode } from "./tslab.ts";

const missing = await noTslab;
const run = (...sources: Parameters<typeof notebookOf>) =>
  executeNotebook(notebookOf(...sources), { kernel: tslab, path: join(root, "notebooks", "test.ipynb") });

testWith(missing, "tslab keeps 20,000 printed lines in order", async () => {
  const { notebook } = await run("for (let i = 0; i < 20_000; i++) console.log(i);", "console.log('next')");
  assert(printedBy(notebook, 1) === Array.from({ length: 20_000 }, (_, i) => `${i}\n`).join(""));
  assert.equal(printedBy(notebook, 2), "next\n");
});

testWith(missing, "tslab ends with its parent, whether it is idle or busy", async () => {
  for (const code of [undefined, "for (;;);"]) {
    const [program, ...args] = tslab.argv("");
    const wrapped = ["-c", 'exec "$0" "$@" 3<&0 4>&1 </dev/null', program, ...args];
    const options = { detached: true, stdin: "piped", stdout: "piped", stderr: "null" } as const;
    const kernel = new Deno.Command("sh", { args: wrapped, ...options }).spawn();
    try {
      const stdin = kernel.stdin.getWriter();
      if (code) {
        await stdin.write(
          new TextEncoder().encode(JSON.stringify(["a", "run", 1, `console.log("begun"); ${code}`]) + "\n"),
        );
        await kernel.stdout.getReader().read();
      }
      await stdin.close();
      assert.equal((await pTimeout(kernel.status, { milliseconds: 60_000 })).signal, "SIGKILL");
    } finally {
      signalGroup(kernel, "SIGKILL");
    }
  }
});

testWith(missing, "a run under tslab fails where a cell throws, or has a type error", async () => {
  const faults = [["throw new TypeError('x')", /^TypeError: x/], [
    "const a: number = 'a'",
    /not assignable/,
  ]] as const;
  await Promise.all(faults.map(async ([code, reason]) => {
    const error = await run("1", code, "3").catch((error) => error);
    assert(error instanceof CellError);
    assert.equal(error.cell, 2);
    assert.match(error.reason, reason);
  }));
});

testWith(
  missing,
  "a run under tslab names the error, not an earlier warning, and no internals of lib",
  async () => {
    const reason = async (code: string) => {
      const error = await run(`import { EventLoop, experiment, Queue, sleep } from "@course/lib";\n${code}`)
        .catch((error) => error);
      assert(error instanceof CellError);
      return error.reason;
    };
    const [empty, deadlock] = await Promise.all([
      reason("new Queue().getNowait();"),
      reason(`async function take(data: Queue<number>) {
  sleep(1);
  await data.get();
}
const run = await experiment("short", {}, async () => {
  const loop = new EventLoop();
  await loop.runUntilComplete(loop.createTask(take, new Queue<number>()));
});`),
    ]);
    assert.equal(empty, "QueueEmpty: Cannot get from Queue: it is empty.");
    assert.match(
      deadlock,
      /^DeadlockError: This run can never end: take waits for .*\.$/,
    );
  },
);

testWith(missing, "tslab runs the cell after one that may fail, and counts both", async () => {
  const { notebook } = await run(["throw new Error('expected')", "raises-exception"], "console.log(1)");
  assert.match(JSON.stringify(outputsOf(notebook, 1)), /"evalue":"expected"/);
  assert.equal(printedBy(notebook, 2), "1\n");
  assert.deepEqual(notebook.cells.map((cell) => "execution_count" in cell && cell.execution_count), [1, 2]);
});

testWith(missing, "tslab finds other cells' names in { name }, and only there", async () => {
  const { notebook } = await run(
    "const a = 1; let b = 2;",
    "const c = { a, b };\n({ a: b } = { a: 5 });\nconst { a: d, ...e } = c;\nconsole.log(c.a + c.b, b, d, `{ a }`);",
  );
  assert.equal(printedBy(notebook, 2), "3 5 1 { a }\n");
});

testWith(missing, "show() gives the same bundle under both kernels", async () => {
  const show = 'import { show, table } from "@course/lib";\nawait show(table([{ a: 1 }]));';
  const [here, there] = await Promise.all([
    run(show),
    executeNotebook(notebookOf(show), { path: join(root, "notebooks", "test.ipynb") }),
  ]);
  assert.deepEqual(outputsOf(here.notebook, 1), outputsOf(there.notebook, 1));
  assert.equal(outputsOf(here.notebook, 1)[0].output_type, "display_data");
});

testWith(
  missing,
  "an experiment reports a failed call that was not awaited, under both kernels",
  async () => {
    const code = `import { experiment } from "@course/lib";
async function work() { throw new Error("no paper"); }
const run = await experiment("a lost error", {}, () => { work(); });`;
    const [here, there] = await Promise.all([
      run(code),
      executeNotebook(notebookOf(code), { path: join(root, "notebooks", "test.ipynb") }),
    ]);
    assert.deepEqual(outputsOf(here.notebook, 1), outputsOf(there.notebook, 1));
    assert.match(
      JSON.stringify(outputsOf(here.notebook, 1)),
      /Warning: A call failed, and nobody awaited it: .* Error: no paper/,
    );
  },
);

testWith(missing, "tslab shows a plot that is a cell's last value, and prints its sentence", async () => {
  const { notebook } = await run(
    'import { table } from "@course/lib";\ntable([{ a: 1 }]);',
    "console.log(table([{ a: 1 }]));",
  );
  assert.deepEqual(outputsOf(notebook, 1).map(({ output_type }) => output_type), ["display_data"]);
  assert(printedBy(notebook, 2).length < 100, printedBy(notebook, 2));
});

testWith(missing, "Stop under tslab shows one sentence, and a cell right after a failure runs", async () => {
  await using kernel = await Kernel.start(tslab);
  for (const code of ["await new Promise(() => {})", "for (;;);"]) {
    let text = "";
    await kernel.execute(`console.log("begun");\n${code}`, {
      onMessage({ content }) {
        if (content.text === "begun\n") kernel.interrupt();
        else text += content.text ?? content.traceback ?? "";
      },
    });
    assert.equal(text, "Stopped: The run was stopped.");
    let next = "";
    const { status } = await kernel.execute("1", { onMessage: ({ content }) => next += content.text ?? "" });
    assert.deepEqual({ status, next }, { status: "ok", next: "1\n" });
  }
});

testWith(missing, "tslab hears Stop at any moment, and survives", async () => {
  await using kernel = await Kernel.start(tslab);
  await kernel.execute("const kept = 1");
  for (let milliseconds = 0; milliseconds < 80; milliseconds += 2) {
    const ended = kernel.execute("await new Promise(() => {})", { timeout: 10 });
    await pause(milliseconds);
    assert(await kernel.interrupt());
    assert.equal((await ended).ename, "Stopped", `after ${milliseconds} ms`);
    assert.equal((await kernel.execute("kept")).status, "ok");
  }
});

testWith(missing, "tslab reports code that cannot be stopped, and ends when a cell exits", async () => {
  await using kernel = await Kernel.start(tslab);
  const begun = Promise.withResolvers<void>();
  const endless = "const spin = async () => { for (;;) await null };";
  const failing = kernel.execute(`${endless}\nconsole.log("begun");\nawait spin()`, {
    onMessage: ({ content }) => void (content.text && begun.resolve()),
  }).catch((error) => error);
  await begun.promise;
  const isStopped = pTimeout(kernel.interrupt(), { milliseconds: 10_000 });
  assert.equal(await isStopped, false);
  await kernel[Symbol.asyncDispose]();
  assert((await failing) instanceof KernelLost);
  await using another = await Kernel.start(tslab);
  await assert.rejects(another.execute("process.exit(3)", { timeout: 20 }), /ended with exit code 3/);
});

/** Starts tslab, sends it cells without waiting for what comes of those before, and tells how each ended. */
async function sendAtOnce(cells: Record<string, unknown>[], onBusy: (kernel: FrontEnd) => void = () => {}) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const statuses: string[] = [];
  await using kernel = await FrontEnd.start(
    frontCommand(tslab.name),
    ({ header: { msg_type }, parent_header, content }) => {
      if (msg_type === "execute_reply" && statuses.push(content.status) === cells.length) resolve();
      const isCell = parent_header.msg_type === "execute_request";
      if (msg_type === "status" && isCell && content.execution_state === "busy") onBusy(kernel);
    },
  );
  for (const cell of cells) kernel.send("shell", request("execute_request", cell, "session"));
  await pTimeout(promise, { milliseconds: 15_000 });
  assert.equal((await kernel.execute("1")).status, "ok");
  return statuses;
}

testWith(missing, "tslab's Stop ends a cell that is still being translated", async () => {
  const code = `const long = [${"1, ".repeat(20_000)}];\nfor (;;);`;
  assert.deepEqual(await sendAtOnce([{ code }], (kernel) => kernel.interrupt()), ["error"]);
});

testWith(
  missing,
  "waiting cells under tslab do not run after an error, unless requested",
  async () => {
    for (const [stop_on_error, expected] of [[true, "aborted"], [false, "ok"]]) {
      const codes = ["let count = 0", "throw new Error('x')", "count++", "count++"];
      const statuses = await sendAtOnce(codes.map((code) => ({ code, stop_on_error })));
      assert.deepEqual(statuses, ["ok", "error", expected, expected]);
    }
  },
);

testWith(missing, "tslab survives a cell that replaces JSON.parse", async () => {
  const { notebook } = await run("JSON.parse = () => 5;", "console.log(1)");
  assert.equal(printedBy(notebook, 2), "1\n");
});

testWith(missing, "tslab imports a package installed while it runs", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "node_modules");
  await Deno.mkdir(path);
  await using kernel = await Kernel.start(tslab, { cwd: folder.path });
  const lateImport = async () => (await kernel.execute('import { late } from "late"; late;')).status;
  assert.equal(await lateImport(), "error");
  await Deno.mkdir(join(path, "late"));
  await Deno.writeTextFile(join(path, "late", "index.js"), "exports.late = 1;");
  await Deno.writeTextFile(join(path, "late", "index.d.ts"), "export declare const late: number;");
  await until(async () => await lateImport() === "ok"); // its watcher needs a moment
});

Deno.test("the project's packages under tslab have the versions of deno.json", async () => {
  const read = async (...path: string[]) => JSON.parse(await Deno.readTextFile(join(root, ...path)));
  const { imports } = await read("deno.json");
  const { dependencies } = await read("scripts", "tslab", "package.json");
  for (const name of ["@nats-io/jetstream", "@nats-io/transport-node"]) {
    assert.equal(`npm:${name}@${dependencies[name]}`, imports[name]);
  }
});

Deno.test("unfitNode() distinguishes a missing Node from an old one", () => {
  assert.match(unfitNode("deno 2.9.6 (stable)")!, /there is no node on your PATH/);
  assert.match(unfitNode("")!, /there is no node on your PATH/);
  assert.match(unfitNode("v16.20.0\n")!, /is 16\.20\.0, which is too old/);
  assert.equal(unfitNode("v20.20.2\n"), undefined);
});

testWith(missing, "a stack under tslab names the cell's own lines, as under Deno", async () => {
  const code = `import { show } from "@course/lib";

interface Item {
  value: number;
}

async function fail(item: Item) {
  if (item.value > 0) throw new Error("x");
}
await show(await fail({ value: 1 }).catch((error) => error.stack.split("\\n")[1]));`;
  const { notebook } = await run("1", code);
  assert.match(JSON.stringify(outputsOf(notebook, 2)), /at fail \(In\[2\]:8:29\)/);
});

testWith(missing, "a replay is the same under both kernels: code, lines, sentences", async () => {
  const cells = [
    `import { EventLoop, experiment, gather, Queue, replay, show, sleep } from "@course/lib";`,
    `// Types, comments, blank lines and breaks: each kernel leaves other ones out.
type Item = [number: number, seconds: number];

async function produce(num: number, data: Queue<Item>): Promise<void> {
  for (let idx = 1; idx <= num; idx++) {

    await data.put([idx, 1] as Item); // there is room
    if (idx > 1) await sleep(
      1,
    );
  }
}
async function consume(data: Queue<Item>) {
  for (;;) { const [idx]: Item = await data.get(); await sleep(idx); }
}`,
    `const run = await experiment("run", { quiet: true, mayFail: true }, () => {
  const loop = new EventLoop(), data = new Queue<Item>();
  return loop.runUntilComplete(gather(loop.createTask(produce, 3, data), loop.createTask(consume, data)));
});
await show(replay(run));`,
  ];
  const path = join(root, "notebooks", "test.ipynb");
  const [here, there] = await Promise.all([
    executeNotebook(notebookOf(...cells), { path }),
    executeNotebook(notebookOf(...cells), { path, kernel: tslab }),
  ]);
  assert.deepEqual(outputsOf(there.notebook, 3), outputsOf(here.notebook, 3));
  const html = JSON.stringify(outputsOf(here.notebook, 3));
  assert.match(html, /produce wakes[^"]*sleeps until 2\.00 s \(line 8\)/);
  assert.match(html, /consume waits for an item/);
});

testWith(
  missing,
  "stacks name a cell by its number, even if earlier cells did not reach tslab",
  async () => {
    await using kernel = await Kernel.start(tslab);
    await kernel.execute("const fail = () => {\n  throw new Error('x');\n};", { number: 3 });
    const { traceback } = await kernel.execute("fail();", { number: 7 });
    assert.match(String(traceback), /fail \(In\[3\]:2:9\),.* In\[7\]:1:1/);
  },
);
