/** The checks that notebooks must pass. @module */
import pLimit from "p-limit";
import { basename } from "node:path";
import { CourseError } from "../common/errors.ts";
import { doubtfulTags } from "../handouts/document/doubtful_tags.ts";
import { readNotebook } from "../notebook/notebook.ts";
import { parametersCells, readParameters } from "../parameters/declaration.ts";
import { executeNotebook } from "../run/execute.ts";
import { atOnce, type NotebookFile } from "../run/run_all.ts";
import { syntaxErrors } from "./cells.ts";
import { checkCellFormat, checkCells } from "./check_cells.ts";
import { compareKernels, differences } from "./differences.ts";

/**
 * Runs all checks and returns whether each passed. A notebook that cannot be read or run does not stop the others.
 *
 * @param kernels If true, also compares the outputs under both kernels.
 * @param update If true, redraws pictures of cells that are out of date.
 */
export async function checkNotebooks(paths: string[], signal: AbortSignal, kernels = false, update = false) {
  const notebooks: NotebookFile[] = [];
  const read = async (path: string) => {
    const notebook = await readNotebook(path);
    const broken = syntaxErrors({ path, notebook });
    if (broken.length === 0) notebooks.push({ path, notebook });
    return broken;
  };
  const runAgain = async ({ path, notebook }: NotebookFile) => {
    const again = await executeNotebook(notebook, { path, signal });
    return differences(path, notebook, again.notebook);
  };
  const results = [await step("notebooks: nbformat 4 and syntax", () => each(paths, read), signal)];
  const [some, all] = [notebooks.length, paths.length];
  if (some === 0) return results;
  const which = some < all ? `, in the ${some} of ${all} that can be read` : "";
  const checks: Record<string, () => Promise<string[]>> = {
    "format of their cells": () => checkCellFormat(notebooks),
    "types and lint of their cells, and that both kernels can run them": () => checkCells(notebooks),
    "tags and parameters": () => each(notebooks, tags),
    "pictures of cells as an editor shows them": async () => {
      const { checkEditor } = await import("./editor/editor.ts"); // loads TypeScript, which nothing else needs
      return await each(notebooks, (notebook) => checkEditor(notebook, update));
    },
    "running again gives the same bytes": () => each(notebooks, runAgain, atOnce),
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

/** Runs a check and prints the result. A check returns its problems, or throws one. Throws if `signal` is aborted. */
export async function step(name: string, check: () => Promise<string[]>, signal: AbortSignal) {
  const started = performance.now();
  const problems = await each([undefined], check);
  signal.throwIfAborted();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${problems.length === 0 ? "ok    " : "FAILED"}  ${name} (${seconds} s)`);
  for (const problem of problems) console.log(`        ${problem.replaceAll("\n", "\n        ")}`);
  return problems.length === 0;
}

/** Checks all items and returns their problems, in order. An item that cannot be checked has the reason as its problem. */
async function each<T>(all: T[], check: (one: T) => string[] | Promise<string[]>, atOnce = 1) {
  const limit = pLimit(atOnce);
  const results = await Promise.allSettled(all.map((one) => limit(check, one)));
  return results.flatMap((result) => {
    if (result.status === "fulfilled") return result.value;
    if (result.reason instanceof CourseError) return [result.reason.message];
    throw result.reason;
  });
}
