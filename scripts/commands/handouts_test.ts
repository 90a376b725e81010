import assert from "node:assert/strict";
import { Command } from "commander";
import { join } from "node:path";
import { CourseError } from "../common/errors.ts";
import { writeNotebook } from "../notebook/notebook.ts";
import { notebookOf, tempFolder } from "../testdata/notebooks.ts";
import { until } from "../testdata/until.ts";
import { handouts } from "./handouts.ts";

const calm = new AbortController().signal;

/** Runs the command and returns what it printed. */
async function run(signal: AbortSignal, ...args: string[]): Promise<string> {
  return (await printed([], signal, ...args)).join("\n");
}

/** Runs the command and prints into `lines`. */
async function printed(lines: string[], signal: AbortSignal, ...args: string[]): Promise<string[]> {
  const [log, error] = [console.log, console.error];
  console.log = console.error = (line: string) => void lines.push(line);
  try {
    const command = handouts(signal).exitOverride().configureOutput({ writeErr: (text) => lines.push(text) });
    await new Command().addCommand(command).exitOverride().parseAsync(["handouts", ...args], {
      from: "user",
    });
  } catch (thrown) {
    if (thrown instanceof CourseError) throw thrown;
    assert.equal((thrown as { exitCode?: number }).exitCode, 1, String(thrown));
  } finally {
    [console.log, console.error] = [log, error];
  }
  return lines;
}

async function notebookIn(folder: string, name: string, source = "1"): Promise<string> {
  const path = join(folder, name);
  await writeNotebook(path, notebookOf(source));
  return path;
}

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("course handouts writes the formats and editions that are asked for", async () => {
  using folder = tempFolder();
  const [path, out] = [await notebookIn(folder.path, "a.ipynb"), join(folder.path, "out")];
  await run(calm, path, "--format", "md, ipynb", "--edition", "student", "--out", out);
  assert.deepEqual(names(out), [".handouts.json", "index.html", "ipynb", "md"]);
  const told = await run(calm, path, "--format=slides", "--out", out);
  assert.match(told, /^1 notebook x 2 editions x 1 format in \d+\.\d\d s: open \S.*out\/index\.html$/);
  assert.deepEqual(names(out), [".handouts.json", "index.html", "student", "teacher"]);
  assert.deepEqual(names(join(out, "teacher")), ["index.html", "slides"]);
  assert.match(Deno.readTextFileSync(join(out, "index.html")), /href="student\/index\.html"/);
});

Deno.test("course handouts --course writes another course, as its course.yaml says", async () => {
  using folder = tempFolder();
  const out = join(folder.path, "out");
  for (const name of ["a.ipynb", "b.ipynb", "draft.ipynb"]) await notebookIn(folder.path, name);
  Deno.writeTextFileSync(
    join(folder.path, "course.yaml"),
    `title: Physics
authors: [Lise Meitner]
licence: CC BY 4.0
language: de
accent: "#7a1f5c"
notebooks:
  - { file: b.ipynb, gives: Waves., minutes: 40 }
  - file: a.ipynb`,
  );
  await run(calm, "--course", folder.path, "--format", "html,slides", "--edition", "student", "--out", out);
  assert.deepEqual(names(out), [".handouts.json", "a.html", "b.html", "index.html", "slides"]);
  for (const name of ["index.html", "b.html", "slides/b.html"]) {
    const page = Deno.readTextFileSync(join(out, name));
    for (
      const said of ['<html lang="de">', "Physics", "Lise Meitner · CC BY 4.0", "--link:light-dark(#7a1f5c,"]
    ) {
      assert(page.includes(said), `${name}: ${said}`);
    }
  }
  assert.match(Deno.readTextFileSync(join(out, "index.html")), /b\.html[^]*Waves\. 40 minutes\.[^]*a\.html/);
});

Deno.test("course handouts --single-file writes one web page of all notebooks, if web pages are asked for", async () => {
  using folder = tempFolder();
  const [name, out] = ["ä b.ipynb", join(folder.path, "out")];
  const paths = [await notebookIn(folder.path, "a.ipynb"), await notebookIn(folder.path, name)];
  const text = { cell_type: "markdown" as const, id: "text", metadata: {} };
  await writeNotebook(paths[0], {
    ...notebookOf(),
    cells: [{ ...text, source: `# A\n\n[on](${name.replace(" ", "%20")}#Part) [data](data.csv)` }],
  });
  await writeNotebook(paths[1], {
    ...notebookOf(),
    cells: [{ ...text, source: "## Part\n\n[here](#Part)" }],
  });
  Deno.writeTextFileSync(join(folder.path, "data.csv"), "1,2");
  const options = ["--single-file", "--edition=student", "--out", out];
  await run(calm, ...paths, "--format=html,md", ...options);
  assert.deepEqual(names(out), [".handouts.json", "data.csv", "index.html", "md"]);
  const page = await Deno.readTextFile(join(out, "index.html"));
  assert.equal(page.match(/<article id="(index|a|%C3%A4%20b)"/g)!.length, 3);
  assert.match(page, /<h2 id="%C3%A4%20b\/part"/);
  for (const words of ["on", "here"]) assert(page.includes(`<a href="#%C3%A4%20b/part">${words}</a>`), words);
  assert.match(page, /<a href="#a">.*<a href="md\/a\.md">/s);
  assert(!/\.html|<noscript/.test(page), "where nothing runs, no script shows a page at a time");
});

Deno.test("course handouts --run runs the notebooks and leaves their files alone", async () => {
  using folder = tempFolder();
  const [path, out] = [
    await notebookIn(folder.path, "a.ipynb", "console.log(6 * 7)"),
    join(folder.path, "out"),
  ];
  const before = Deno.readTextFileSync(path);
  await run(calm, path, "--run", "--format=md", "--edition=teacher", "--out", out);
  assert.match(Deno.readTextFileSync(join(out, "md/a.md")), /```text\n42\n```/);
  assert.equal(Deno.readTextFileSync(path), before);
});

Deno.test("course handouts -p runs the notebooks with that value", async () => {
  using folder = tempFolder();
  const [path, out] = [join(folder.path, "a.ipynb"), join(folder.path, "out")];
  await writeNotebook(path, notebookOf(["const items = 2;", "parameters"], "console.log(items * 21)"));
  await run(calm, path, "-p", "items=3", "--format=md", "--edition=teacher", "--out", out);
  assert.match(Deno.readTextFileSync(join(out, "md/a.md")), /```text\n63\n```/);
});

Deno.test("course handouts writes nothing when a cell fails", async () => {
  using folder = tempFolder();
  const path = await notebookIn(folder.path, "a.ipynb", "throw new Error('x')");
  await assert.rejects(
    run(calm, path, "--run", "--out", join(folder.path, "out")),
    /cell 1 failed: Error: x/,
  );
  assert.deepEqual(names(folder.path), ["a.ipynb"]);
});

Deno.test("course handouts lists the choices when a format or an edition is unknown", async () => {
  assert.match(
    await run(calm, "--format", "html,odt"),
    /^error: .* 'html,odt' is invalid\. Choose from html, pdf, slides, md, ipynb\.\n$/,
  );
  assert.match(
    await run(calm, "--edition", "all"),
    /^error: .* 'all' is invalid\. Choose from student, teacher\.\n$/,
  );
});

Deno.test("course handouts refuses a file as its folder, and keeps two notebooks of one name apart", async () => {
  using folder = tempFolder();
  const one = await notebookIn(folder.path, "a.ipynb");
  Deno.mkdirSync(join(folder.path, "b"));
  const other = await notebookIn(join(folder.path, "b"), "A.ipynb");
  await assert.rejects(
    run(calm, one, "--out", one),
    /^CourseError: Cannot write the handouts into .*: it is a file\./,
  );
  assert.deepEqual(names(folder.path), ["a.ipynb", "b"]);
  const out = join(folder.path, "out");
  await run(calm, one, other, "--out", out, "--format", "html", "--edition", "student");
  const pages = names(out).filter((name) => name.endsWith(".html"));
  assert.deepEqual(pages.sort(), ["A-1.html", "a.html", "index.html"]);
});

Deno.test("course handouts writes a notebook once that is named twice", async () => {
  using folder = tempFolder();
  const path = await notebookIn(folder.path, "a.ipynb");
  const out = join(folder.path, "out");
  await run(calm, path, join(folder.path, ".", "a.ipynb"), "--format=md", "--edition=student", "--out", out);
  assert.deepEqual(names(join(out, "md")), ["README.md", "a.md"]);
});

Deno.test("course handouts --watch writes what changes, survives a broken notebook, and ends at Ctrl-C", async () => {
  using folder = tempFolder();
  const path = await notebookIn(folder.path, "a.ipynb");
  const page = join(folder.path, "out/md/a.md");
  const end = new AbortController();
  const lines: string[] = [];
  const out = join(folder.path, "out");
  const running = printed(
    lines,
    end.signal,
    path,
    "--watch",
    "--format=md",
    "--edition=student",
    "--out",
    out,
  );
  const has = (text: string) => () => Deno.readTextFileSync(page).includes(text);
  await until(() => lines.some((line) => line.startsWith("Watching")));
  await writeNotebook(path, notebookOf("const second = 2"));
  await until(has("second"));
  await writeNotebook(join(folder.path, "another.ipynb"), notebookOf("1"));
  await new Promise((later) => setTimeout(later, 500)); // for what would be said of it
  Deno.writeTextFileSync(path, "{");
  await until(() => lines.some((line) => line.includes("Not written")));
  await writeNotebook(path, notebookOf("const third = 3"));
  await until(has("third"));
  end.abort();
  const told = (await running).filter((line) => /written/i.test(line));
  assert.equal(told.length, 3);
  assert.match(told[0], /^1 file written$/);
  assert.match(told[1], /^Not written: Cannot read .*a\.ipynb: it ends too early/);
});

Deno.test("course handouts --watch follows notebooks that are added to or removed from the course", async () => {
  using folder = tempFolder();
  const [out, end, lines] = [join(folder.path, "out"), new AbortController(), [] as string[]];
  const path = await notebookIn(folder.path, "a.ipynb");
  const args = ["--course", folder.path, "--watch", "--format=md", "--edition=student", "--out", out];
  const running = printed(lines, end.signal, ...args);
  await until(() => lines.some((line) => line.startsWith("Watching")));
  await Deno.rename(path, join(folder.path, "b.ipynb"));
  await until(() => names(join(out, "md")).join() === "README.md,b.md");
  end.abort();
  await running;
});

Deno.test("course handouts refuses a tag that may be misspelt, until it is allowed", async () => {
  using folder = tempFolder();
  const [path, out] = [join(folder.path, "a.ipynb"), join(folder.path, "out")];
  await writeNotebook(path, notebookOf("1", ["2", "solutoin"]));
  const args = [path, "--format", "md", "--out", out];
  await assert.rejects(run(calm, ...args), {
    message: "Cannot write the handouts: in a.ipynb, cell 2 has the tag solutoin, which does nothing: " +
      "is solution meant?\nRename it, or add --allow-tags NAME.",
  });
  assert.deepEqual(names(folder.path), ["a.ipynb"]);
  await run(calm, ...args, "--allow-tags", "sol,solutoin");
  assert.ok(names(out).includes("index.html"));
});

Deno.test("course handouts writes the solutions separately, or with --no-solutions not at all", async () => {
  using folder = tempFolder();
  const [path, out] = [join(folder.path, "a.ipynb"), join(folder.path, "out")];
  await writeNotebook(path, notebookOf(["1", "exercise"], ["2", "solution"]));
  const args = [path, "--format", "ipynb", "--edition", "student", "--out", out];
  await run(calm, ...args);
  assert.ok(names(out).includes("solutions"));
  await run(calm, ...args, "--no-solutions");
  assert.deepEqual(names(out), [".handouts.json", "index.html", "ipynb"]);
});
