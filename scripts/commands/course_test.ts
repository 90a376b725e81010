import assert from "node:assert/strict";
import { join } from "node:path";
import { outputOf } from "../common/command.ts";
import { courseNotebooks } from "../common/course.ts";
import { root } from "../common/project.ts";
import { testWith } from "../testdata/needs.ts";
import { notebookOf, tempFolder } from "../testdata/notebooks.ts";
import { until } from "../testdata/until.ts";
import { course, handouts, tableOf } from "./handouts.ts";

const noScript = Deno.build.os === "linux" && await outputOf(["script", "--version"])
  ? undefined
  : "there is no program named script, which makes a terminal";
const calm = new AbortController().signal;
const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

/** Runs a command and returns the lines that it printed. */
async function printed(command: typeof course, ...args: string[]): Promise<string[]> {
  const { log, error } = console;
  const lines: string[] = [];
  console.log = console.error = (line: string) => void lines.push(line);
  try {
    await command(calm).exitOverride().parseAsync(args, { from: "user" });
  } finally {
    Object.assign(console, { log, error });
  }
  return lines;
}

Deno.test("course and handouts write into folders of their own", () => {
  const [one, other] = [course(calm).opts().out, handouts(calm).opts().out];
  assert(!`${one}/`.startsWith(`${other}/`) && !`${other}/`.startsWith(`${one}/`), `${one}, ${other}`);
  assert.match(one, /handouts$/);
});

Deno.test("course writes a page for each notebook, and does not touch notebooks that somebody has edited", async () => {
  using folder = tempFolder();
  const out = join(folder.path, "out");
  await printed(handouts, "--format=ipynb", "--edition=student", "--out", out);
  const before = names(join(out, "ipynb"));
  Deno.writeTextFileSync(join(out, "ipynb", before.find((name) => name.endsWith(".ipynb"))!), "{}");
  const lines = await printed(course, "--out", out);
  assert.deepEqual(names(join(out, "ipynb")), before);
  assert(
    before.includes("lib") && before.filter((name) => name.endsWith(".ipynb")).length >= 6,
    before.join(),
  );
  assert(lines.includes("Kept, because it was changed since it was written: ipynb/00-start-here.ipynb"));
  assert.match(
    lines.join("\n"),
    /\ntotal \(they ran in parallel\) /,
  );
  assert.match(
    lines.at(-1)!,
    /^\d+ notebooks x 1 edition x 1 format in \d+\.\d\d s: open .*out\/index\.html$/,
  );
  const pages = names(out).filter((name) => name.endsWith(".html"));
  assert.equal(pages.length, (await courseNotebooks()).length + 1); // and the index
  const index = Deno.readTextFileSync(join(out, "index.html"));
  for (const page of pages) assert(page === "index.html" || index.includes(`href="${page}"`), page);
});

testWith(noScript, "course opens the index in a browser only for a person at a terminal", async () => {
  using folder = tempFolder();
  const opened = join(folder.path, "opened");
  const browser = join(folder.path, "xdg-open");
  await Deno.writeTextFile(browser, `#!/bin/sh\necho "$1" >> "${opened}"\n`, { mode: 0o755 });
  const program = `'${Deno.execPath()}' run -A '${
    join(root, "scripts", "course.ts")
  }' course --out '${folder.path}/out'`;
  const env = { PATH: `${folder.path}:${Deno.env.get("PATH")}`, DISPLAY: ":0", CI: "" };
  const run = (...command: string[]) => outputOf(command, { env });
  await run("sh", "-c", program);
  await assert.rejects(Deno.stat(opened));
  await run("script", "-qec", program, "/dev/null");
  await until(() => Deno.stat(opened).catch(() => undefined));
  assert.equal(await Deno.readTextFile(opened), `${folder.path}/out/index.html\n`);
});

Deno.test("tableOf() lists the cells and the seconds of each notebook, and their totals", () => {
  const run = (name: string, seconds: number, ...sources: string[]) => ({
    name,
    executed: { notebook: notebookOf(...sources), seconds },
  });
  assert.equal(
    tableOf([run("a.ipynb", 1, "1"), run("b.ipynb", 10.5, "1", "2")]),
    [
      "notebook                      cells  kernel time",
      "a.ipynb                           1       1.00 s",
      "b.ipynb                           2      10.50 s",
      "total (they ran in parallel)      3      11.50 s",
    ].join("\n"),
  );
});
