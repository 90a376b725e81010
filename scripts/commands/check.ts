import { Command } from "commander";
import { join } from "node:path";
import { count } from "../../lib/words.ts";
import { checkNotebooks, step } from "../check/check.ts";
import { deno } from "../common/command.ts";
import { courseNotebooks } from "../common/course.ts";
import { CourseError } from "../common/errors.ts";
import { writeWhole } from "../common/files.ts";
import { root } from "../common/project.ts";
import { outputsOf, readNotebook } from "../notebook/notebook.ts";
import { courseOption } from "./options.ts";

/** `course check`: checks the code and the notebooks. */
export function check(signal: AbortSignal): Command {
  return new Command("check")
    .description("check format, lint and types, and that every notebook reproduces its outputs")
    .option("--kernels", "also compare with the outputs under tslab, except for what runs in real time")
    .option("--update", "redraw pictures that are out of date: README's, and cells as an editor shows them")
    .addOption(courseOption)
    .action(async ({ course, kernels, update }: { course?: string; kernels?: boolean; update?: boolean }) => {
      const paths = await courseNotebooks(course);
      const own = course === undefined
        ? [
          await step("format", () => tool("fmt", "--check"), signal),
          await step("lint", () => tool("lint"), signal),
          await step("types", () => tool("check", "--quiet", "lib", "scripts"), signal),
          await step("README's picture", () => checkPicture(update), signal),
        ]
        : [];
      const checks = [...own, ...await checkNotebooks(paths, signal, kernels, update)];
      const failed = checks.filter((ok) => !ok).length;
      if (failed > 0) throw new CourseError(`${failed} of ${count(checks.length, "check")} failed.`);
    });
}

async function tool(...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await deno(args, { cwd: root });
  return code === 0 ? [] : [`deno ${args.join(" ")}:\n${stdout}${stderr}`.trim()];
}

/** Compares README's picture with the timeline of notebook 04; with `update`, replaces one that differs. */
async function checkPicture(update = false): Promise<string[]> {
  const path = join(root, ".github", "timeline.svg");
  const { cells } = await readNotebook(join(root, "notebooks", "04-a-second-producer.ipynb"));
  const outputs = cells.filter(({ id }) => id === "timeline").flatMap(outputsOf);
  const drawn = outputs.map((output) => "data" in output ? output.data["image/svg+xml"] : "").join("");
  if (await Deno.readTextFile(path).catch(() => "") === drawn) return [];
  if (!update) return ["it differs from the one in notebook 04; run deno task check --update and commit it"];
  await writeWhole(path, drawn);
  return [];
}
