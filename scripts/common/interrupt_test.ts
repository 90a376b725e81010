import assert from "node:assert/strict";

/** A program that needs so many milliseconds to end well. */
const program = (needed: number) =>
  `import { listenForInterrupts } from ${JSON.stringify(import.meta.resolve("./interrupt.ts"))};
listenForInterrupts().addEventListener("abort", () => setTimeout(() => Deno.exit(console.log("ended well") ?? 0), ${needed}));
setTimeout(() => {}, 60_000);
console.log("ready");`;

Deno.test("a Ctrl-C that comes twice, as it does by way of `deno task`, counts once; another later ends at once", async () => {
  if (Deno.build.os === "windows") return;
  for (const [pause, expected] of [[20, "ready\nended well\n"], [1500, "ready\n"]] as const) {
    const url = `data:text/typescript,${encodeURIComponent(program(pause === 20 ? 800 : 30_000))}`;
    const child = new Deno.Command(Deno.execPath(), { args: ["run", "-A", url], stdout: "piped" }).spawn();
    let said = "";
    for await (const bytes of child.stdout) {
      if (said === "") {
        child.kill("SIGINT");
        setTimeout(() => child.kill("SIGINT"), pause);
      }
      said += new TextDecoder().decode(bytes);
    }
    await child.status;
    assert.equal(said, expected);
  }
});
