import assert from "node:assert/strict";
import { join } from "node:path";
import { Kernel } from "../kernel/client.ts";
import { deno, type KernelKind } from "../kernel/kernel.ts";
import { tslab } from "../kernel/tslab.ts";
import { root } from "../common/project.ts";
import { noTslab, testWith } from "../testdata/needs.ts";

const definitions = `import {
  EventLoop, experiment, gather, generated, processed, now, Queue, show, sleep, sleepSync, timeline,
} from "@course/lib";
const kept = 7;
async function generate(data: Queue<number>) {
  for (let i = 1;; i++) {
    await data.put(i);
    generated(i);
    await sleep(0.5);
  }
}
async function endless() {
  const loop = new EventLoop();
  await loop.runUntilComplete(loop.createTask(generate, new Queue<number>()));
}
function blocking() {
  for (let i = 1;; i++) {
    generated(i);
    sleepSync(0.5);
  }
}
async function block() {
  blocking();
}
async function blockingTask() {
  const loop = new EventLoop();
  await loop.runUntilComplete(loop.createTask(block));
}
async function slow() {
  for (let i = 1;; i++) {
    generated(i);
    for (const end = performance.now() + 300; performance.now() < end;);
    await sleep(0.5);
  }
}
async function slowly() {
  const loop = new EventLoop();
  await loop.runUntilComplete(loop.createTask(slow));
}
// In Deno, what hears Stop while the thread is blocked takes a second to start, once.
await experiment("first", { quiet: true }, () => 1);
await new Promise((done) => setTimeout(done, 1500));`;

/** Starts a kernel with the definitions above. */
async function started(kind: KernelKind): Promise<Kernel> {
  const kernel = await Kernel.start(kind, { cwd: join(root, "notebooks") });
  await execute(kernel, definitions);
  return kernel;
}

/** Runs code; presses Stop so many milliseconds after its program has printed its first line. */
async function execute(kernel: Kernel, code: string, stopAfter?: number) {
  let printed = "";
  let pictures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const { status } = await kernel.execute(code, {
    timeout: 15,
    onMessage({ content }) {
      printed += content.text ?? "";
      if (stopAfter !== undefined && printed.includes("item 1")) {
        timer ??= setTimeout(() => kernel.interrupt(), stopAfter);
      }
      if (content.data?.["image/svg+xml"]) pictures++;
    },
  });
  clearTimeout(timer);
  return { status, printed, pictures };
}

for (const kind of [deno, tslab]) {
  const missing = kind === tslab ? await noTslab : undefined;
  const cases: [program: string, speed: number][] = [
    ["endless", Infinity],
    ["endless", 10],
    ["endless", 1],
    ["blocking", 10],
    ["blocking", 1],
    ["blockingTask", 10],
    // In tslab, no signal is heard until 256 slices are over.
    ...kind === deno ? [["slowly", Infinity] as [string, number]] : [],
  ];
  testWith(
    missing,
    `Stop ends an experiment and keeps the kernel: ${kind.name}`,
    async () => {
      await using kernel = await started(kind);
      for (const [program, speed] of cases) {
        const what = `${program} at speed ${speed}`;
        const code = `const run = await experiment("${program}", { speed: ${speed} }, ${program});`;
        const { status, printed } = await execute(kernel, code, 300);
        assert.equal(status, "ok", what);
        assert.match(printed, /App stopped after/, what);
        const next = await execute(kernel, "console.log(kept, run.stopped, run.generated > 0);");
        assert.match(next.printed, /7.* .*true.* .*true/, `${what}: what came after it`);
      }
      const drawn = await execute(kernel, "await show(timeline(run));");
      assert.equal(drawn.pictures, 1);
      // Nothing goes on afterwards: no line comes into a later cell.
      const { printed } = await execute(kernel, "await new Promise((done) => setTimeout(done, 300));");
      assert.equal(printed, "");
    },
  );

  testWith(
    missing,
    `Stop, pressed again and again, ends only the running experiment: ${kind.name}`,
    async () => {
      await using kernel = await started(kind);
      for (let i = 1; i <= 20; i++) {
        const { printed } = await execute(
          kernel,
          `const run${i} = await experiment("endless", {}, endless);`,
          20,
        );
        assert.match(printed, /App stopped after/, `press ${i}`);
      }
      // What hears Stop beside a blocked thread ends the kernel after 2 s without an answer.
      const { printed } = await execute(
        kernel,
        "await new Promise((done) => setTimeout(done, 2200)); console.log(run20.stopped);",
      );
      assert.match(printed, /true/);
    },
  );
}
