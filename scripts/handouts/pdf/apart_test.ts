import { equal, match, rejects } from "node:assert/strict";
import { testWith } from "../../testdata/needs.ts";
import { until } from "../../testdata/until.ts";
import { compileApart, CompilerDied } from "./apart.ts";

const compile = (source: string, signal?: AbortSignal) =>
  compileApart({ sources: new Map([["a.pdf", source]]), files: new Map() }, { signal });
const endless = "#for _ in range(100000000) [a]";
const deep = `#${"(".repeat(300_000)}`; // deeper than a thread's stack

/** The processes that compile, by their ids; `parent` is theirs. */
function compilers(parent: number): number[] {
  return [...Deno.readDirSync("/proc")].map(({ name }) => Number(name)).filter((id) => {
    try {
      const started = Deno.readTextFileSync(`/proc/${id}/stat`).split(") ").at(-1)!.split(" ");
      return Number(started[1]) === parent &&
        Deno.readTextFileSync(`/proc/${id}/cmdline`).includes("inside.ts");
    } catch {
      return false; // it is gone, or none of ours
    }
  });
}

function isAtWork(process: number): boolean {
  try {
    return Deno.readTextFileSync(`/proc/${process}/stat`).split(") ").at(-1)![0] !== "Z";
  } catch {
    return false;
  }
}

const noProc = Deno.build.os === "linux" ? undefined : "there is no /proc";

Deno.test("compileApart() compiles side by side, and says why it cannot", async () => {
  const files = await Promise.all(["#[one]", "#[two]"].map((source) => compile(source)));
  for (const file of files) match(new TextDecoder().decode(file.get("a.pdf")), /^%PDF-/);
  await rejects(compile('#panic("no")'), { name: "CourseError", message: /^Cannot make a\.pdf: panicked/ });
});

testWith(noProc, "compileApart() ends at once when it is told to, whatever Typst is at", async () => {
  const controller = new AbortController();
  const compiling = compile(endless, controller.signal);
  await until(() => compilers(Deno.pid).length > 0);
  await new Promise((go) => setTimeout(go, 300));
  const before = compilers(Deno.pid); // other tests have theirs
  controller.abort(new Error("stop"));
  await rejects(compiling, { message: "stop" });
  await until(() => before.some((process) => !isAtWork(process)));
});

Deno.test("compileApart() tells in a sentence that the compiler has crashed, and goes on with another", async () => {
  await rejects(compile(deep), (error: Error) => {
    match(error.message, /^Cannot make the PDFs: Typst was ended by SIG\w+ \(is the memory full\?\)\.$/);
    return error instanceof CompilerDied;
  });
  equal((await compile("a")).size, 1);
});

Deno.test("compileApart() says in a sentence that its process cannot start", async () => {
  const script = `import { compileApart } from ${JSON.stringify(import.meta.resolve("./apart.ts"))};
    await compileApart({ sources: new Map(), files: new Map() }).catch(({ message }) => console.log(message));`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", script],
    env: { TMPDIR: "/nowhere" },
  }).output();
  equal(new TextDecoder().decode(stderr), "");
  match(new TextDecoder().decode(stdout), /^Cannot make the PDFs: Typst's process cannot start .*\/nowhere/);
});

testWith(noProc, "compileApart() leaves no process behind where the program is killed", async () => {
  const script = `import { compileApart } from ${JSON.stringify(import.meta.resolve("./apart.ts"))};
    await compileApart({ sources: new Map([["a.pdf", ${JSON.stringify(endless)}]]), files: new Map() });`;
  const program = new Deno.Command(Deno.execPath(), {
    args: ["eval", script],
    stdout: "null",
    stderr: "null",
  }).spawn();
  let process: number | undefined;
  while (!process) [process] = compilers(program.pid);
  program.kill("SIGKILL");
  await program.status;
  await until(() => !isAtWork(process));
});
