/** The JupyterLab that is there. @module */
import { join, relative, sep } from "node:path";
import { outputOf } from "../common/command.ts";
import { CourseError } from "../common/errors.ts";
import { root } from "../common/project.ts";

/** The project's own Python: many systems let pip install nothing into theirs. */
const python = ".kernels/python";
const bin = join(root, python, Deno.build.os === "windows" ? "Scripts" : "bin");
const own = join(bin, "jupyter-lab");

/** The ways to start JupyterLab: the project's own, on PATH, or, the long ones, fetched by uv or pipx; in this order. */
const ways: readonly string[][] = [
  [own],
  ["jupyter-lab"],
  ["uvx", "--from", "jupyterlab>=4", "jupyter-lab"],
  ["pipx", "run", "--spec", "jupyterlab>=4", "jupyter-lab"],
];

/** The command that starts JupyterLab. Throws a `CourseError` that says what to install where there is none. */
export async function findJupyterLab(): Promise<{ command: string[]; fetches: boolean }> {
  for (const command of ways) {
    const fetches = command.length > 1;
    const ended = await outputOf([command[0], "--version"]);
    if (ended?.code === 0 && (fetches || parseInt(ended.stdout) >= 4)) return { command, fetches };
  }
  throw new CourseError(
    "No JupyterLab of version 4 or newer was found. Install it in the course's folder, and come back: " +
      `python3 -m venv ${python} && ${relative(root, bin)}${sep}pip install jupyterlab\n` +
      "VS Code needs no JupyterLab: run deno task kernels, open the folder there, and choose the kernel Deno (course).",
  );
}
