import assert from "node:assert/strict";

/** Returns a program that prints when it is interrupted, and exits `needed` milliseconds later. */
const program = (needed: number) =>
  `import { listenForInterrupts } from ${JSON.stringify(import.meta.resolve("./interrupt.ts"))};
listenForInterrupts().addEventListener("abort", () => {
  console.log("interrupted");
  setTimeout(() => Deno.exit(console.log("ended well") ?? 0), ${needed});
});
setTimeout(() => {}, 120_000);
console.log("ready");`;

/** Returns what the program prints at a Ctrl-C, and at another one `pause` milliseconds after it noticed the first. */
async function saidAt(pause: number, needed: number): Promise<string> {
  const url = `data:text/typescript,${encodeURIComponent(program(needed))}`;
  const child = new Deno.Command(Deno.execPath(), { args: ["run", "-A", url], stdout: "piped" }).spawn();
  let said = "";
  for await (const bytes of child.stdout) {
    const text = new TextDecoder().decode(bytes);
    if (text.includes("ready")) child.kill("SIGINT");
    if (text.includes("interrupted")) setTimeout(() => child.kill("SIGINT"), pause);
    said += text;
  }
  await child.status;
  return said;
}

Deno.test("a duplicate Ctrl-C, as from `deno task`, counts once; a later one ends the program at once", async () => {
  if (Deno.build.os === "windows") return;
  assert.equal(await saidAt(20, 800), "ready\ninterrupted\nended well\n");
  assert.equal(await saidAt(1500, 60_000), "ready\ninterrupted\n");
});
