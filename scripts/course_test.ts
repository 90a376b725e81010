import assert from "node:assert/strict";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { tooOldDeno } from "./course.ts";
import { writeNotebook } from "./notebook/notebook.ts";
import { noTslab, testWith } from "./testdata/needs.ts";
import { notebookOf, tempFolder } from "./testdata/notebooks.ts";
import { until } from "./testdata/until.ts";

const script = fileURLToPath(import.meta.resolve("./course.ts"));

function start(...args: string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", script, ...args],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function course(...args: string[]): Promise<{ code: number; stderr: string }> {
  const { code, stderr } = await start(...args).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

/** Waits for the file into which a cell writes its process id, and returns that. */
async function pidIn(folder: string): Promise<number> {
  let pid = 0;
  await until(async () => pid = Number(await Deno.readTextFile(join(folder, "pid")).catch(() => 0)));
  return pid;
}

async function notebookIn(folder: string, source: string): Promise<string> {
  const path = join(folder, "a.ipynb");
  await writeNotebook(path, notebookOf(source));
  return path;
}

Deno.test("course run prints one line for a notebook that has run", async () => {
  using folder = tempFolder();
  const path = await notebookIn(folder.path, "1");
  const { code, stderr } = await course("run", path);
  assert.match(stderr, /^[^\n]*a\.ipynb: 1 cell, \d+\.\d s\n$/);
  assert.equal(code, 0);
});

Deno.test("course run reports a failing cell, without a stack trace of its own", async () => {
  using folder = tempFolder();
  const { code, stderr } = await course("run", await notebookIn(folder.path, "throw new Error('x')"));
  assert.match(stderr, /^[^\n]*a\.ipynb: cell 1 failed: Error: x\.\n/);
  assert(!stderr.includes("scripts"));
  assert.equal(code, 1);
});

Deno.test("course says in a sentence that there is no place for temporary files, and prints no control sequences", async () => {
  using folder = tempFolder();
  const path = await notebookIn(folder.path, "1");
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", script, "run", path],
    env: { TMPDIR: join(folder.path, "none") },
    stderr: "piped",
  }).output();
  assert.match(
    new TextDecoder().decode(stderr),
    /^Cannot create a temporary folder: no such file or directory\. Set TMPDIR to [^\n]+\n$/,
  );
  const named = join(folder.path, "\x1b[31mred.ipynb");
  Deno.copyFileSync(path, named);
  const told = (await course("run", named)).stderr;
  assert.match(told, /red\.ipynb: 1 cell, \d+\.\d s\n$/);
  assert(!told.includes("\x1b"));
});

Deno.test("course resolves paths in the folder where deno task was called", async () => {
  using folder = tempFolder();
  const sub = join(folder.path, "sub");
  Deno.mkdirSync(sub);
  const path = await notebookIn(sub, "console.log('ran')");
  for (const [cwd, given] of [[folder.path, sub], [sub, folder.path]]) {
    Deno.copyFileSync(path, join(sub, "b.ipynb"));
    const { stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", script, "run", "b.ipynb"],
      cwd,
      env: { INIT_CWD: given },
      stderr: "piped",
    }).output();
    assert.match(new TextDecoder().decode(stderr), /^b\.ipynb: 1 cell, /);
    assert.match(Deno.readTextFileSync(join(sub, "b.ipynb")), /ran\\n/);
  }
});

Deno.test("course answers mistakes with one line and exit code 1", async () => {
  const mistakes: [args: string[], line: RegExp][] = [
    [["run", "none.ipynb"], /^Cannot run none\.ipynb: no such file or directory\. [^\n]*\n$/],
    [["run", "--nope"], /^error: unknown option '--nope'\n$/],
    [["run"], /^error: name a notebook, such as 04; --list shows what there is\n$/],
    [["run", "--timout=3"], /^error: unknown option '--timout=3'\n\(Did you mean --timeout\?\)\n$/],
    [["run", "--producers=3"], /^error: unknown option '--producers=3'\n$/],
    [
      ["run", "a.ipynb", "--timeout", "soon"],
      /^error: option [^\n]*Give a number of seconds above 0\.\n$/,
    ],
    [["fly"], /^error: unknown command 'fly'\n$/],
  ];
  await Promise.all(mistakes.map(async ([args, line]) => {
    const { code, stderr } = await course(...args);
    assert.match(stderr, line);
    assert.equal(code, 1);
  }));
});

for (const [signal, exitCode] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test({
    name: `course run ends cleanly at ${signal}`,
    ignore: Deno.build.os === "windows",
    async fn() {
      using folder = tempFolder();
      const path = await notebookIn(folder.path, "Deno.writeTextFileSync('pid', `${Deno.pid}`); for (;;);");
      const before = Deno.readTextFileSync(path);
      const child = start("run", path);
      const pid = await pidIn(folder.path);
      child.kill(signal);
      const { code, stderr } = await child.output();
      assert.equal(code, exitCode);
      assert.equal(new TextDecoder().decode(stderr), `Interrupted by ${signal}.\n`);
      assert.equal(Deno.readTextFileSync(path), before);
      assert.throws(() => Deno.kill(pid, "SIGCONT"), "the kernel is still there");
    },
  });
}

const atWork = {
  deno: "Deno.writeTextFileSync('pid', `${Deno.pid}`); for (;;);",
  tslab: 'import { writeFileSync } from "node:fs";\nwriteFileSync("pid", `${process.pid}`); for (;;);',
};
for (const [kernel, source] of Object.entries(atWork)) {
  const missing = Deno.build.os === "windows" ? "Windows has no SIGKILL" : undefined;
  testWith(
    missing ?? (kernel === "tslab" ? await noTslab : undefined),
    `a killed run leaves no ${kernel}`,
    async () => {
      using folder = tempFolder();
      const child = start("run", await notebookIn(folder.path, source), "--kernel", kernel);
      const pid = await pidIn(folder.path);
      child.kill("SIGKILL");
      await child.output();
      await until(() => {
        try {
          return !process.kill(pid, 0);
        } catch {
          return true; // the kernel is gone
        }
      });
    },
  );
}

Deno.test("tooOldDeno() refuses only older versions, and says how to update", () => {
  assert.match(tooOldDeno("2.8.9")!, /needs Deno 2\.9\.0 or newer, and this is 2\.8\.9\. .*npx -y deno/);
  assert.match(tooOldDeno("1.46.3")!, /this is 1\.46\.3/);
  for (const version of ["2.9.0", "2.10.1", "3.0.0", "2.9.6+abc"]) {
    assert.equal(tooOldDeno(version), undefined);
  }
});
