/** Types and lint of notebooks' cells, which no kernel checks. @module */
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type CellModule, cellModule } from "./cells.ts";
import { deno } from "./deno.ts";
import type { Notebook } from "../notebook/notebook.ts";
import { root } from "../common/project.ts";

/** Rules of the linter that make no sense in a notebook, where a later cell, or a reader, may use what this one makes. */
const NOT_IN_NOTEBOOKS = ["no-unused-vars"];

/**
 * What the type checker and the linter find in the cells of notebooks, each a line that names notebook, cell and
 * line; empty where they find nothing.
 */
export async function checkCells(notebooks: { path: string; notebook: Notebook }[]): Promise<string[]> {
  const folder = await Deno.makeTempDir({ prefix: "course-check-" });
  try {
    const modules = new Map<string, { name: string; module: CellModule }>();
    for (const [i, { path, notebook }] of notebooks.entries()) {
      const file = join(folder, `${i}.ts`);
      const module = cellModule(notebook);
      await Deno.writeTextFile(file, module.code);
      modules.set(pathToFileURL(await Deno.realPath(file)).href, { name: basename(path), module });
    }
    const files = notebooks.map((_, i) => join(folder, `${i}.ts`));
    const config = ["--config", join(root, "deno.json")];
    const [types, lint] = await Promise.all([
      deno(["check", "--quiet", ...config, ...files]),
      deno(["lint", "--json", ...config, `--rules-exclude=${NOT_IN_NOTEBOOKS}`, ...files]),
    ]);
    const where = (url: string, line: number): string => {
      const found = modules.get(url);
      const place = found?.module.placeOf(line);
      return place ? `${found!.name}, cell ${place.cell}, line ${place.line}` : found?.name ?? url;
    };
    const problems = [...typeProblems(types.stderr, where), ...lintProblems(lint.stdout, where)];
    if (types.code !== 0 && problems.length === 0) problems.push(types.stderr.trim());
    if (lint.code !== 0 && problems.length === 0) problems.push(lint.stderr.trim());
    return problems;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

type Where = (url: string, line: number) => string;

/** The errors that `deno check` prints: a message, the code, and "at url:line:column". */
function typeProblems(printed: string, where: Where): string[] {
  return printed.split(/\n\s*\n/).flatMap((block) => {
    const at = /at (file:\S+):(\d+):\d+\s*$/.exec(block);
    const message = /TS\d+[\s\S]*/.exec(block)?.[0].split("\n")[0];
    return at && message ? [`${where(at[1], Number(at[2]))}: ${message}`] : [];
  });
}

interface LintReport {
  diagnostics: { range: { start: { line: number } }; filename: string; message: string; code: string }[];
}

function lintProblems(printed: string, where: Where): string[] {
  if (printed.trim() === "") return [];
  const { diagnostics } = JSON.parse(printed) as LintReport;
  return diagnostics.map(({ filename, range, message, code }) => {
    const url = filename.startsWith("file:") ? filename : pathToFileURL(filename).href;
    return `${where(url, range.start.line)}: ${message} (${code})`;
  });
}
