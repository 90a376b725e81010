/** Types and lint of notebooks' cells, which no kernel checks. @module */
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { deno } from "../common/command.ts";
import { temporaryFolder } from "../common/files.ts";
import { root } from "../common/project.ts";
import type { NotebookFile } from "../run/run_all.ts";
import { cellModule } from "./cells.ts";

/** The linter's rules. In a notebook, a later cell, or a reader, may use what no cell does. */
const lint = {
  plugins: [import.meta.resolve("./portable.ts")],
  rules: { tags: ["recommended"], exclude: ["no-unused-vars"] },
};

/**
 * The findings of the type checker and the linter in the cells of notebooks, and what only one kernel can run in them:
 * each a line that names notebook, cell and line.
 */
export async function checkCells(notebooks: NotebookFile[]): Promise<string[]> {
  using folder = temporaryFolder("course-check-");
  const { files, where } = await modulesIn(folder.path, notebooks);
  const config = join(folder.path, "lint.json");
  await Deno.writeTextFile(config, JSON.stringify({ lint }));
  const [types, linted] = await Promise.all([
    deno(["check", "--quiet", "--config", join(root, "deno.json"), ...files]),
    deno(["lint", "--json", "--config", config, ...files]),
  ]);
  const wrong = typeProblems(types.stderr, where);
  if (types.code !== 0 && wrong.length === 0) wrong.push(types.stderr.trim());
  if (linted.stdout.trim() === "") return [...wrong, linted.stderr.trim()];
  const { diagnostics, errors }: Linted = JSON.parse(linted.stdout);
  const found = diagnostics.flatMap(({ code, message, ...it }) => {
    // An async function without `await` in an exercise: to see what is missing is the lesson.
    if (code === "require-await" && where(it, ["exercise", "solution"])) return [];
    const rule = code.startsWith("portable/") ? "" : ` (${code})`;
    return where(it) ? [`${where(it)}: ${message}${rule}`] : []; // what we have added is in no cell
  });
  return [...new Set([...wrong, ...found, ...errors.map(({ message }) => message)])];
}

/** The linter's report. */
interface Linted {
  diagnostics: Diagnostic[];
  /** The reasons why it could not look at a file. */
  errors: { message: string }[];
}

/** A finding of the linter. */
interface Diagnostic {
  range: { start: { line: number } };
  filename: string;
  message: string;
  code: string;
}

/** The place of a finding, as "01.ipynb, cell 3, line 2"; undefined if it is in no cell, or in none with one of the tags. */
type Where = (found: Pick<Diagnostic, "filename" | "range">, tags?: string[]) => string | undefined;

/**
 * Writes the cells of each notebook into a folder as two modules: as it is handed out, with the exercises to be done,
 * and with their solutions in place of them.
 */
async function modulesIn(folder: string, notebooks: NotebookFile[]) {
  const modules = notebooks.flatMap(({ path, notebook }, i) =>
    [["solution"], ["exercise", "check"]].map((without) => ({
      ...{ path, notebook, file: join(folder, `${i}-without-${without[0]}.ts`) },
      ...cellModule(notebook, without),
    }))
  );
  await Promise.all(modules.map(({ file, code }) => Deno.writeTextFile(file, code)));
  const where: Where = ({ filename, range }, tags) => {
    const module = modules.find(({ file }) => filename === file || filename === pathToFileURL(file).href);
    const place = module?.placeOf(range.start.line);
    const own = place && module!.notebook.cells[place.cell - 1].metadata.tags;
    if (!place || tags && !own?.some((tag) => tags.includes(tag))) return;
    return `${basename(module!.path)}, cell ${place.cell}, line ${place.line}`;
  };
  return { files: modules.map(({ file }) => file), where };
}

/** The errors that `deno check` prints: a message, the code, and "at url:line:column". */
function typeProblems(printed: string, where: Where): string[] {
  return printed.split(/\n\s*\n/).flatMap((block) => {
    const [, filename, line] = /at (file:\S+):(\d+):\d+\s*$/.exec(block) ?? [];
    const message = /TS\d+[\s\S]*/.exec(block)?.[0].split("\n")[0];
    if (!filename || !message) return [];
    return [`${where({ filename, range: { start: { line: Number(line) } } }) ?? filename}: ${message}`];
  });
}
