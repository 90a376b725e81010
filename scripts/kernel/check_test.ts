import assert from "node:assert/strict";
import { root } from "../common/project.ts";
import { Kernel } from "./client.ts";
import { kernelKinds } from "./kinds.ts";

/** Answers that would take the kernel with them, and the words of the check. */
const ANSWERS: [body: string, words: RegExp][] = [
  ["while (true) {}", /still running, and was stopped/],
  ["await sleep(1); for (;;) { try { for (;;) await null; } catch {} }", /still running, and was stopped/],
  ["const list: number[][] = []; while (true) list.push([list.length]);", /still running, and was stopped/],
  ["const list: unknown[] = []; while (true) list.push(new Array(1000));", /still running, and was stopped/],
  ["Promise.reject(new Error('lost')); await sleep(1);", /It said: Error: lost/],
  ["console.log = () => {}; Math.random = () => 0; await sleep(1);", /replaced console.log and Math.random/],
];

for (const kind of kernelKinds) {
  Deno.test(`${kind.name}: a check ends an answer, and the kernel lives`, async () => {
    await kind.prepare?.();
    await using kernel = await Kernel.start(kind, { cwd: root });
    const run = async (code: string) => {
      let text = "";
      await kernel.execute(code, {
        onMessage({ content }) {
          text += content.text ?? content.data?.["text/plain"] ?? "";
        },
        timeout: 30,
      });
      return text;
    };
    await run('import { check, Queue, sleep } from "@course/lib"; const kept = 41;');
    for (const [body, words] of ANSWERS) {
      await run(`async function generateData(num: number, data: Queue<[number, number]>) { ${body} }`);
      const start = performance.now();
      assert.match(await run('await check("3.1", { generateData });'), words);
      assert.ok(performance.now() - start < 10_000);
      const lives =
        "await new Promise((done) => setTimeout(done, 5)); console.log(kept + Math.ceil(Math.random()));";
      assert.match(await run(lives), /42/);
    }
  });
}
