/** Everything that must hold of notebooks. @module */
import { basename } from "node:path";
import { CourseError } from "../common/errors.ts";
import { doubtfulTags } from "../handouts/document/doubtful_tags.ts";
import { readNotebook } from "../notebook/notebook.ts";
import { parametersCells, readParameters } from "../parameters/declaration.ts";
import { executeNotebook } from "../run/execute.ts";
import { type NotebookFile, runAll } from "../run/run_all.ts";
import { syntaxErrors } from "./cells.ts";
import { checkCells } from "./check_cells.ts";
import { compareKernels } from "./compare_kernels.ts";
import { checkCellFormat } from "./format_cells.ts";
import { differences } from "./differences.ts";

/** The options of `checkNotebooks`. */
export interface CheckOptions {
  /** True where the outputs of the kernels are to be compared. */
  kernels?: boolean;
  /** True where old pictures of cells are to be drawn anew. */
  update?: boolean;
}

/** Checks notebooks, and tells of each check whether all is well; one that cannot be read or run keeps no other from it. */
export async function checkNotebooks(
  paths: string[],
  { kernels, update }: CheckOptions,
  signal: AbortSignal,
): Promise<boolean[]> {
  const notebooks: NotebookFile[] = [];
  const read = async (path: string) => {
    const notebook = await readNotebook(path);
    const broken = syntaxErrors({ path, notebook });
    if (broken.length === 0) notebooks.push({ path, notebook });
    if (notebook.metadata.kernelspec?.language === "typescript") return broken;
    return [`${basename(path)}: its kernel is not one for TypeScript; choose one in JupyterLab`, ...broken];
  };
  const results = [await step("notebooks: nbformat 4 and syntax", () => each(paths, read), signal)];
  const [some, all] = [notebooks.length, paths.length];
  if (some === 0) return results;
  const which = some < all ? `, in the ${some} of ${all} that can be read` : "";
  const checks: Record<string, () => Promise<string[]>> = {
    "format of their cells": () => checkCellFormat(notebooks),
    "types and lint of their cells, and that both kernels can run them": () => checkCells(notebooks),
    "tags and parameters": () => each(notebooks, tags),
    "what an editor shows of their cells": async () => {
      const { checkEditor } = await import("./editor/editor.ts"); // TypeScript, for nothing else
      return await each(notebooks, (notebook) => checkEditor(notebook, update));
    },
    "running again gives the same bytes": () => runAgain(notebooks, signal),
  };
  if (kernels) {
    checks["the same under both kernels"] = () => each(notebooks, (file) => compareKernels(file, { signal }));
  }
  for (const [name, check] of Object.entries(checks)) {
    results.push(await step(`notebooks: ${name}${which}`, check, signal));
  }
  return results;
}

function tags({ path, notebook }: NotebookFile): string[] {
  if (parametersCells(notebook).length > 0) readParameters(notebook, basename(path)); // or throws
  return doubtfulTags(notebook).map((sentence) => `${basename(path)}, ${sentence}`);
}

/** Runs one check and prints how it came out. A check returns its problems, or throws; where `signal` aborts, so does this. */
export async function step(
  name: string,
  check: () => Promise<string[]>,
  signal: AbortSignal,
): Promise<boolean> {
  const started = performance.now();
  const problems = await each([undefined], check);
  signal.throwIfAborted();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${problems.length === 0 ? "ok    " : "FAILED"}  ${name} (${seconds} s)`);
  for (const problem of problems) console.log(`        ${problem.replaceAll("\n", "\n        ")}`);
  return problems.length === 0;
}

/** The problems of all; where one cannot be checked, the reason is its problem. */
async function each<T>(all: T[], check: (one: T) => string[] | Promise<string[]>): Promise<string[]> {
  const problems: string[] = [];
  for (const one of all) {
    try {
      problems.push(...await check(one));
    } catch (error) {
      if (!(error instanceof CourseError)) throw error;
      problems.push(error.message);
    }
  }
  return problems;
}

/** Runs all again, side by side; of each that has run, tells where it differs. */
async function runAgain(notebooks: NotebookFile[], signal: AbortSignal): Promise<string[]> {
  const different = new Map<string, string[]>();
  const failures = await each([notebooks], async () => {
    await runAll(notebooks, { signal }, async ({ path, notebook }, options) => {
      const executed = await executeNotebook(notebook, options);
      different.set(path, differences(path, notebook, executed.notebook));
      return executed;
    });
    return [];
  });
  return [...notebooks.flatMap(({ path }) => different.get(path) ?? []), ...failures];
}
