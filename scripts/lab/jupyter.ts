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
  ["jupyter", "lab"],
  ["uvx", "--from", "jupyterlab>=4", "jupyter-lab"],
  ["pipx", "run", "--spec", "jupyterlab>=4", "jupyter-lab"],
];

/** The command that starts JupyterLab. Throws a `CourseError` that says what to install where there is none. */
export async function findJupyterLab(): Promise<{ command: string[]; fetches: boolean }> {
  let old = "";
  for (const command of ways) {
    const fetches = command.length > 2;
    const ended = await outputOf([...fetches ? command.slice(0, 1) : command, "--version"]);
    if (ended?.code !== 0) continue;
    const version = ended.stdout.trim();
    if (fetches || Number(version.split(".")[0]) >= 4) return { command, fetches };
    old ||= `There is JupyterLab ${version}, and 4 or newer is needed. `;
  }
  throw new CourseError(
    `${old || "No JupyterLab was found. "}Install it in the course's folder, and come back: ` +
      `python3 -m venv ${python} && ${relative(root, bin)}${sep}pip install jupyterlab\n` +
      "VS Code needs no JupyterLab: run deno task kernels, open the folder there, and choose the kernel Deno (course).",
  );
}
