import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { printed } from "../../lib/testdata/testing.ts";
import { CourseError } from "../common/errors.ts";
import { writeNotebook } from "../notebook/notebook.ts";
import { notebookOf, tempFolder } from "../testdata/notebooks.ts";
import { run } from "./run.ts";

const source = 'const items: number = 2; // whole, 1 to 9: items to make\nconst name: string = "a";';

/** Runs the command in a folder with the notebooks `a.ipynb` and `bare.ipynb`; `$` stands for the folder. */
async function give(...args: string[]): Promise<{ names: string[] }> {
  using folder = tempFolder();
  await writeNotebook(join(folder.path, "a.ipynb"), notebookOf([source, "parameters"], "1"));
  await writeNotebook(join(folder.path, "bare.ipynb"), notebookOf("1"));
  const files = { "list.json": "[1]", "one.yaml": "items: 3", "two.yaml": "name: b" };
  for (const [name, text] of Object.entries(files)) Deno.writeTextFileSync(join(folder.path, name), text);
  const command = run(AbortSignal.timeout(60_000)).exitOverride().configureOutput({ outputError() {} });
  const inFolder = args.map((arg) => arg.replace("$", folder.path));
  await command.parseAsync([...inFolder, "--out", join(folder.path, "runs")], { from: "user" });
  return { names: [...Deno.readDirSync(join(folder.path, "runs"))].map(({ name }) => name).sort() };
}

Deno.test("run -f takes the values of several files, and -p overrides them", async () => {
  const { names } = await give("$/a.ipynb", "-f", "$/one.yaml", "-f", "$/two.yaml", "-p", "name=c");
  assert.deepEqual(names, ["a-items=3,name=c.html", "a-items=3,name=c.ipynb"]);
});

const faults: [args: string[], message: RegExp][] = [
  [
    ["$/a.ipynb", "-p", "produces=3"],
    /^Cannot set produces: a\.ipynb has no such parameter\. It has items, name\.$/,
  ],
  [
    ["$/a.ipynb", "-p", "items=3", "-p", "items=4"],
    /^Cannot set items to both 3 and 4: give one\.$/,
  ],
  [["$/a.ipynb", "-p", "items=-1"], /^Cannot set items to -1: give a whole number from 1 to 9\.$/],
  [["$/a.ipynb", "-p", "items=NaN"], /^Cannot set items to NaN: give a whole number from 1 to 9\.$/],
  [
    ["$/a.ipynb", "-p", "items"],
    /^Cannot read -p items: write it as name=value, as in -p producers=3\.$/,
  ],
  [["$/a.ipynb", "-f", "$/list.json"], /^Cannot read parameters from .*list\.json: it contains no names\./],
  [
    ["$/a.ipynb", "-f", "$/none.yaml"],
    /^Cannot read parameters from .*none\.yaml: no such file or directory\./,
  ],
  [
    ["$/bare.ipynb", "-p", "items=3"],
    /^Cannot set parameters of bare\.ipynb: it has no cell tagged "parameters"\./,
  ],
];
for (const [args, message] of faults) {
  Deno.test(`run refuses ${args.join(" ")} in one line`, async () => {
    await assert.rejects(give(...args), (error: Error) => {
      return error instanceof CourseError && message.test(error.message) && !error.message.includes("\n");
    });
  });
}

Deno.test("run refuses all notebooks if one does not accept the values", async () => {
  await assert.rejects(give("$/a.ipynb", "$/bare.ipynb", "-p", "items=3"), /bare\.ipynb: it has no cell/);
});

Deno.test("run runs nothing if one argument is not a notebook", async () => {
  using folder = tempFolder();
  const path = join(folder.path, "a.ipynb");
  await writeNotebook(path, notebookOf("console.log(1)"));
  const before = Deno.readTextFileSync(path);
  const command = run(AbortSignal.timeout(60_000)).exitOverride();
  await assert.rejects(command.parseAsync([path, "items=3"], { from: "user" }), {
    message: "Cannot run items=3: there is no such notebook. Did you mean -p items=3?",
  });
  assert.equal(Deno.readTextFileSync(path), before);
});

Deno.test("run without a notebook says what is missing", async () => {
  await assert.rejects(give(), {
    message: "error: name a notebook, such as 04; --list shows what there is",
    exitCode: 1,
  });
});

Deno.test("run --list shows name, type, default, range and help of each parameter, in columns", async () => {
  using folder = tempFolder();
  const [a, bare] = ["a.ipynb", "bare.ipynb"].map((name) => join(folder.path, name));
  const both = `${source.split("\n")[0]}\nconst way: "up" | "down" = "up"; // where to`;
  await writeNotebook(a, notebookOf([both, "parameters"]));
  await writeNotebook(bare, notebookOf("1"));
  const command = run(AbortSignal.timeout(60_000));
  const { lines } = await printed(() => command.parseAsync(["--list", a, bare], { from: "user" }));
  assert.deepEqual(lines.join("\n").split("\n"), [
    "a.ipynb",
    "  parameter  type           default  may be                      what it does",
    "  items      number         2        a whole number from 1 to 9  items to make",
    '  way        "up" | "down"  "up"     one of up, down             where to',
    "",
    "bare.ipynb",
    "  no parameters",
  ]);
});

Deno.test("run -p takes code as a string, and names its files safely", async () => {
  const { names } = await give("$/a.ipynb", "-p", 'name="; Deno.exit() //', "-p", "items=3");
  assert.equal(names.length, 2);
  for (const name of names) assert.match(name, /^a-items-3-name-deno-exit-[0-9a-f]{8}\.(html|ipynb)$/);
});

/** Runs notebooks of one cell each in a folder of their own. */
async function runAll(sources: Record<string, string>) {
  using folder = tempFolder();
  const paths: string[] = [];
  for (const [name, source] of Object.entries(sources)) {
    paths.push(join(folder.path, name));
    await writeNotebook(paths.at(-1)!, notebookOf(source));
  }
  const command = run(AbortSignal.timeout(60_000)).exitOverride();
  const error = await command.parseAsync([...paths, "--timeout", "20"], { from: "user" }).then(
    () => undefined,
    (error) => error as Error,
  );
  const texts = Object.fromEntries(paths.map((path) => [basename(path), Deno.readTextFileSync(path)]));
  return { error, texts };
}

Deno.test("run -p keeps the results of notebooks of one name apart, in one run or several", async () => {
  using folder = tempFolder();
  const out = join(folder.path, "runs");
  const write = async (path: string, code: string) => {
    Deno.mkdirSync(join(folder.path, path, ".."), { recursive: true });
    await writeNotebook(join(folder.path, path), notebookOf([source, "parameters"], code));
  };
  const give = async (...paths: string[]) => {
    const args = [...paths.map((path) => join(folder.path, path)), "-p", "items=3", "--out", out];
    await run(AbortSignal.timeout(60_000)).parseAsync(args, { from: "user" });
    return [...Deno.readDirSync(out)].map(({ name }) => name).sort();
  };
  await write("one/a.ipynb", '"in one"');
  await write("two/a.ipynb", '"in two"');
  const both = ["a-2-items=3.html", "a-2-items=3.ipynb", "a-items=3.html", "a-items=3.ipynb"];
  assert.deepEqual(await give("one/a.ipynb", "two/a.ipynb"), both);
  assert.deepEqual(await give("two/a.ipynb"), both);
  assert.match(Deno.readTextFileSync(join(out, "a-items=3.ipynb")), /in one/);
  assert.match(Deno.readTextFileSync(join(out, "a-2-items=3.ipynb")), /in two/);
  await write("one/b.ipynb", "throw 1");
  await write("two/b.ipynb", "1");
  await assert.rejects(give("one/b.ipynb"), /b-items=3\.partial\.ipynb/);
  const partial = ["b-2-items=3.html", "b-2-items=3.ipynb", "b-items=3.partial.ipynb"];
  assert.deepEqual(await give("two/b.ipynb"), [...both, ...partial]);
});

Deno.test("run runs notebooks side by side", async () => {
  const meet = (mine: string, other: string) =>
    `Deno.writeTextFileSync("${mine}", "");
while (true) {
  try { Deno.statSync("${other}"); break; } catch { await new Promise((go) => setTimeout(go, 10)); }
}
console.log("met");`;
  const { error, texts } = await runAll({ "a.ipynb": meet("a", "b"), "b.ipynb": meet("b", "a") });
  assert.equal(error, undefined);
  for (const text of Object.values(texts)) assert.match(text, /"met\\n"/);
});

Deno.test("run reports every notebook that fails, and writes the others", async () => {
  const fail = 'throw new Error("x")';
  const { error, texts } = await runAll({ "a.ipynb": fail, "b.ipynb": "console.log(1)", "c.ipynb": fail });
  assert(error instanceof CourseError);
  for (const name of ["a", "c"]) {
    assert.match(error.message, new RegExp(`${name}\\.ipynb: cell 1 failed: Error: x`));
  }
  assert.match(texts["b.ipynb"], /"1\\n"/);
});
