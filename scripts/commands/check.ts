import { Command } from "commander";
import { basename } from "node:path";
import { checkCells, notPortable } from "../check/check_cells.ts";
import { checkCellFormat } from "../check/format_cells.ts";
import { deno } from "../common/command.ts";
import { CourseError, messageOf } from "../common/errors.ts";
import { compareKernels } from "../check/compare_kernels.ts";
import { readNotebook } from "../notebook/notebook.ts";
import { courseNotebooks, root } from "../common/project.ts";
import { checkPicture } from "../check/readme_picture.ts";
import { differences } from "../check/same_bytes.ts";
import { type NotebookFile, runAll } from "../run/run_all.ts";

/** `course check`: everything that must hold of the code and of the notebooks. */
export function check(signal: AbortSignal): Command {
  return new Command("check")
    .description("check format, lint, types, and that every notebook gives its outputs again")
    .option("--kernels", "and print, cell by cell, where the kernels' outputs differ and why", false)
    .option("--update", "and draw anew what an editor shows of a cell, where that has changed", false)
    .action(async ({ kernels, update }: { kernels: boolean; update: boolean }) => {
      const paths = await courseNotebooks();
      const notebooks: NotebookFile[] = [];
      const checks = [
        await step("format", () => tool(["fmt", "--check"], "run deno fmt")),
        await step("lint", () => tool(["lint"])),
        await step("types", () => tool(["check", "--quiet", "lib", "scripts"])),
        await step("notebooks: nbformat 4.5", async () => {
          for (const path of paths) notebooks.push({ path, notebook: await readNotebook(path) });
          return notebooks.flatMap(unnamedProblems);
        }),
        await step("notebooks: format of their cells", () => checkCellFormat(notebooks)),
        await step("notebooks: types and lint of their cells", () => checkCells(notebooks)),
        await step("notebooks: nothing that only one kernel can run", () => notPortable(notebooks)),
        await step("notebooks: what an editor shows of their cells", async () => {
          const { checkEditor } = await import("../check/editor/editor.ts"); // TypeScript, for nothing else
          return await checkEditor(notebooks, update);
        }),
        await step("README: its picture", checkPicture),
        await step("notebooks: running again gives the same bytes", () => runAgain(notebooks, signal)),
        ...kernels
          ? [await step("notebooks: the same under both kernels", () => compareAll(notebooks, signal))]
          : [],
      ];
      const failed = checks.filter((ok) => !ok).length;
      if (failed > 0) throw new CourseError(`${failed} of the ${checks.length} checks failed.`);
    });
}

/** Runs one check and prints how it came out. A check returns its problems, or throws. */
async function step(name: string, check: () => Promise<string[]>): Promise<boolean> {
  const started = performance.now();
  const problems = await check().catch((error) => {
    if (!(error instanceof CourseError)) throw error;
    return [messageOf(error)];
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${problems.length === 0 ? "ok    " : "FAILED"}  ${name} (${seconds} s)`);
  for (const problem of problems) console.log(`        ${problem.replaceAll("\n", "\n        ")}`);
  return problems.length === 0;
}

async function tool(args: string[], wayOut = ""): Promise<string[]> {
  const { code, stdout, stderr } = await deno(args, { cwd: root });
  return code === 0 ? [] : [`${stdout}${stderr}`.trim() + (wayOut && `\n${wayOut}`)];
}

/** Finds what the schema cannot: a notebook that is not one for TypeScript. */
function unnamedProblems({ path, notebook }: NotebookFile): string[] {
  const language = (notebook.metadata.kernelspec as { language?: string } | undefined)?.language;
  return language === "typescript" ? [] : [`${basename(path)}: its kernelspec is not one for TypeScript`];
}

async function runAgain(notebooks: NotebookFile[], signal: AbortSignal): Promise<string[]> {
  const runs = await runAll(notebooks, { signal });
  return notebooks.flatMap(({ path, notebook }, i) => differences(path, notebook, runs[i].notebook));
}

/** Prints where the kernels' outputs differ; what cannot be explained is a problem. */
async function compareAll(notebooks: NotebookFile[], signal: AbortSignal): Promise<string[]> {
  const problems: string[] = [];
  for (const { path, notebook } of notebooks) {
    const { cells, same, different, seconds: [first, ...others] } = await compareKernels(path, notebook, {
      signal,
    });
    const times = others.map((seconds) => `${(seconds / first).toFixed(1)} x the time`).join(", ");
    console.log(`        ${basename(path)}: ${same} of ${cells} cells of code give the same bytes; ${times}`);
    for (const { cell, why } of different) {
      if (why) console.log(`          cell ${cell} differs: ${why}`);
      else problems.push(`${basename(path)}, cell ${cell}: its output depends on the kernel`);
    }
  }
  return problems;
}
