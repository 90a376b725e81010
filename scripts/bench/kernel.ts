/**
 * Compares the course's kernel with Deno's own, in turns: the time to the first result, the time of a cell, and the number of
 * cells whose output is not complete when the kernel is idle. Then measures Stop. `deno run -A scripts/bench/kernel.ts [CELLS]`
 */
import { deno } from "../kernel/kernel.ts";
import { frontCommand, FrontEnd } from "../testdata/front_end.ts";

const cells = Number(Deno.args[0] ?? 10_000);
// Like front ends, the client ignores what a cell prints after its reply and "idle".
const kinds = [
  { name: "Deno's own", command: deno.argv },
  { name: "the course's", command: frontCommand(deno.name) },
];

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1];
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
function tell(what: string, times: number[][]): void {
  const [one, other] = times.map(median);
  console.log(`${what}: ${one.toFixed(1)} ms and ${other.toFixed(1)} ms, ${(other / one).toFixed(2)} times`);
}

const starts: number[][] = [[], []];
for (let turn = 0; turn < 20; turn++) {
  for (const [i, kind] of kinds.entries()) {
    let kernel: FrontEnd | undefined;
    starts[i].push(await timed(async () => await (kernel = await FrontEnd.start(kind.command)).execute("1")));
    await kernel![Symbol.asyncDispose]();
  }
}
tell("from the start to the first result", starts);

const kernels = await Promise.all(kinds.map(({ command }) => FrontEnd.start(command)));
for (const code of ["1", "await null", "for (let i = 0; i < 20; i++) console.log(i)"]) {
  const times: number[][] = [[], []];
  for (let turn = 0; turn < 300; turn++) {
    for (const [i, kernel] of kernels.entries()) times[i].push(await timed(() => kernel.execute(code)));
  }
  tell(code, times);
}

for (const [i, kernel] of kernels.entries()) {
  let notWhole = 0;
  const seconds = await timed(async () => {
    for (let cell = 0; cell < cells; cell++) {
      const lines = cell % 100 === 0 ? 2000 : cell % 40;
      let text = "";
      const code =
        `for (let i = 0; i < ${lines}; i++) console.log(i); await Deno.jupyter.broadcast("display_data", ` +
        `{ data: { "text/plain": "shown" }, metadata: {}, transient: {} }); console.error("an error"); "the result"`;
      await kernel.execute(code, {
        onMessage: ({ content }) => text += content.text ?? content.data?.["text/plain"] ?? "",
      });
      const expected = Array.from({ length: lines }, (_, i) => `${i}\n`).join("") + "shownan error\n";
      if (!text.startsWith(expected) || !text.includes("the result", expected.length)) notWhole++;
    }
  }) / 1000;
  console.log(
    `${kinds[i].name}: ${notWhole} of ${cells} cells not whole at idle, in ${seconds.toFixed(0)} s`,
  );
  await kernel[Symbol.asyncDispose]();
}

await using kernel = await FrontEnd.start(kinds[1].command);
await kernel.execute("await new Promise((done) => setTimeout(done, 1000))"); // Stop has no effect before
for (
  const code of [
    "for (;;);",
    "for (;;) console.log('a line')",
    "for (;;) await null",
    "await new Promise(() => {})",
  ]
) {
  const times: number[] = [];
  for (let turn = 0; turn < 20; turn++) {
    let pressed = 0;
    await kernel.execute(`console.log("begun"); ${code}`, {
      onMessage({ content }) {
        if (pressed > 0 || !content.text?.includes("begun")) return;
        pressed = performance.now();
        kernel.interrupt();
      },
    });
    times.push(performance.now() - pressed);
  }
  console.log(
    `Stop in "${code}": ${median(times).toFixed(0)} ms, and ${Math.max(...times).toFixed(0)} ms at most`,
  );
}
