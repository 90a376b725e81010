/** Checks the cells of notebooks with Deno's tools: types and lint, which no kernel checks, and format. @module */
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { deno } from "../common/command.ts";
import { temporaryFolder } from "../common/files.ts";
import { root } from "../common/project.ts";
import { hasTag } from "../parameters/declaration.ts";
import type { NotebookFile } from "../run/run_all.ts";
import { cellModule } from "./cells.ts";

/** The linter's rules. Readers, and cells that they add, may use a variable that is otherwise unused. */
const lint = {
  plugins: [import.meta.resolve("./portable.ts")],
  rules: { tags: ["recommended"], exclude: ["no-unused-vars"] },
};

/** Matches an error of the type checker; the groups are its code, message, file and line, without our folder's name. */
const typeError = /(TS\d+) \[ERROR\]: (.*?)(?: from "file:.*)?\n[^]*?\bat (file:\S+):(\d+):\d+/g;

/** The linter's report; `errors` are from files that it could not check. */
interface Linted {
  diagnostics: { range: { start: { line: number } }; filename: string; message: string; code: string }[];
  errors: { message: string }[];
}

/**
 * Returns the findings of the type checker and the linter, including code that only one kernel can run, each as a line with
 * notebook, cell and line. A notebook is checked twice: with its exercises, and with their solutions instead.
 */
export async function checkCells(notebooks: NotebookFile[]): Promise<string[]> {
  using folder = temporaryFolder("course-check-");
  const modules = new Map(
    notebooks.flatMap(({ path, notebook }, i) =>
      [["solution"], ["exercise", "check"]].map((without) => {
        const file = join(folder.path, `${i}-without-${without[0]}.ts`);
        return [file, { name: basename(path), ...cellModule(notebook, without) }];
      })
    ),
  );
  for (const [file, { code }] of modules) Deno.writeTextFileSync(file, code);
  const config = join(folder.path, "lint.json");
  Deno.writeTextFileSync(config, JSON.stringify({ lint }));
  const [types, linted] = await Promise.all([
    deno(["check", "--quiet", "--config", join(root, "deno.json"), ...modules.keys()]),
    deno(["lint", "--json", "--config", config, ...modules.keys()]),
  ]);

  const problem = (file: string, line: number, message: string, rule = "") => {
    const module = modules.get(file.startsWith("file:") ? fileURLToPath(file) : file);
    if (!module) return [`${file}: ${message}`];
    const { cell, place } = module.lines[line - 1] ?? {};
    // An async function without `await` in an exercise is what it is about.
    const isLesson = rule === "require-await" && cell &&
      (hasTag(cell, "exercise") || hasTag(cell, "solution"));
    if (!place || isLesson) return [];
    return [`${module.name}, ${place}: ${message}${rule && !rule.includes("/") ? ` (${rule})` : ""}`];
  };
  const wrong = types.stderr.matchAll(typeError)
    .flatMap(([, code, message, file, line]) => problem(file, Number(line), message, code)).toArray();
  if (types.code !== 0 && wrong.length === 0) wrong.push(types.stderr.trim());
  if (linted.stdout.trim() === "") return [...wrong, linted.stderr.trim()];
  const { diagnostics, errors }: Linted = JSON.parse(linted.stdout);
  const found = diagnostics.flatMap(({ filename, range, message, code }) =>
    problem(filename, range.start.line, message, code)
  );
  return [...new Set([...wrong, ...found, ...errors.map(({ message }) => message)])];
}

/**
 * Returns the cells that `deno fmt` would change, each with its formatted code. (`deno fmt --check` accepts notebooks, but
 * reports some that `deno fmt` would not change.)
 */
export async function checkCellFormat(notebooks: NotebookFile[]): Promise<string[]> {
  using folder = temporaryFolder("course-format-");
  const cells = notebooks.flatMap(({ path, notebook }, n) =>
    notebook.cells.flatMap(({ cell_type, source }, i) => {
      if (cell_type !== "code" || source.trim() === "") return [];
      return [{ where: `${basename(path)}, cell ${i + 1}`, source, file: join(folder.path, `${n}-${i}.ts`) }];
    })
  );
  await Promise.all(cells.map(({ file, source }) => Deno.writeTextFile(file, `${source}\n`)));
  // `deno fmt` ignores a config for files outside the config's folder.
  const { fmt } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  await deno(["fmt", "--quiet", "--no-config", `--line-width=${fmt.lineWidth}`, folder.path]);
  return cells.flatMap(({ where, source, file }) => {
    const formatted = Deno.readTextFileSync(file).trimEnd();
    return formatted === source ? [] : [`${where}: deno fmt would format it as\n${formatted}`];
  });
}
