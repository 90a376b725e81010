import { Command } from "commander";
import { count } from "../../lib/words.ts";
import { checkNotebooks, type CheckOptions, step } from "../check/check.ts";
import { checkPicture } from "../check/readme_picture.ts";
import { deno } from "../common/command.ts";
import { CourseError } from "../common/errors.ts";
import { courseNotebooks } from "../common/course.ts";
import { root } from "../common/project.ts";
import { courseOption } from "./options.ts";

/** `course check`: everything that must hold of the code and of the notebooks. */
export function check(signal: AbortSignal): Command {
  return new Command("check")
    .description("check format, lint, types, and that every notebook gives its outputs again")
    .option("--kernels", "and print, cell by cell, where the kernels' outputs differ and why")
    .option("--update", "and draw anew what an editor shows of a cell, where that has changed")
    .addOption(courseOption)
    .action(async ({ course, ...options }: CheckOptions & { course?: string }) => {
      const own = course === undefined
        ? [
          await step("format", () => tool(["fmt", "--check"], "run deno fmt"), signal),
          await step("lint", () => tool(["lint"]), signal),
          await step("types", () => tool(["check", "--quiet", "lib", "scripts"]), signal),
          await step("README: its picture", checkPicture, signal),
        ]
        : [];
      const checks = [...own, ...await checkNotebooks(await courseNotebooks(course), options, signal)];
      const failed = checks.filter((ok) => !ok).length;
      if (failed > 0) throw new CourseError(`${failed} of ${count(checks.length, "check")} failed.`);
    });
}

async function tool(args: string[], wayOut = ""): Promise<string[]> {
  const { code, stdout, stderr } = await deno(args, { cwd: root });
  return code === 0 ? [] : [`${stdout}${stderr}`.trim() + (wayOut && `\n${wayOut}`)];
}
