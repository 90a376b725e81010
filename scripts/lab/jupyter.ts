/** Finds JupyterLab. @module */
import { join, relative, sep } from "node:path";
import { outputOf } from "../common/command.ts";
import { CourseError } from "../common/errors.ts";
import { root } from "../common/project.ts";

/** The project's own Python environment: many systems do not let pip install into theirs. */
const python = ".kernels/python";
const bin = join(root, python, Deno.build.os === "windows" ? "Scripts" : "bin");
const own = join(bin, "jupyter-lab");

/** The commands that may start JupyterLab, in order: the project's own, one on PATH, or one that uv or pipx fetches. */
const ways: readonly string[][] = [
  [own],
  ["jupyter-lab"],
  ["uvx", "--from", "jupyterlab>=4", "jupyter-lab"],
  ["pipx", "run", "--spec", "jupyterlab>=4", "jupyter-lab"],
];

/** Returns the command that starts JupyterLab. Throws a `CourseError` that says how to install it if there is none. */
export async function findJupyterLab(): Promise<{ command: string[]; fetches: boolean }> {
  for (const command of ways) {
    const fetches = command.length > 1;
    const ended = await outputOf([command[0], "--version"]);
    if (ended?.code === 0 && (fetches || parseInt(ended.stdout) >= 4)) return { command, fetches };
  }
  throw new CourseError(
    "Cannot find JupyterLab 4 or newer. Install it in the course's folder, and try again: " +
      `python3 -m venv ${python} && ${relative(root, bin)}${sep}pip install jupyterlab\n` +
      "VS Code does not need it: run deno task kernels, open the folder there, and choose the kernel Deno (course).",
  );
}
