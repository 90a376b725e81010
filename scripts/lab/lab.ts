/** Starts and stops JupyterLab for the course. @module */
import { delimiter, isAbsolute, join, relative, resolve } from "node:path";
import pTimeout from "p-timeout";
import { signalGroup } from "../common/command.ts";
import { courseNotebooks } from "../common/course.ts";
import { CourseError } from "../common/errors.ts";
import { findNotebook } from "../common/find_notebook.ts";
import { root } from "../common/project.ts";
import { findJupyterLab } from "./jupyter.ts";
import { writeSpecs } from "./specs.ts";

/** The project's own Jupyter data: the kernels, and the workspaces of earlier sessions. */
const data = join(root, ".kernels", "jupyter");

/** The options of `startLab`. */
export interface LabOptions {
  /** The folder of another course for JupyterLab to show; by default, the project's folder. */
  course?: string;
  /** The notebook to open: a file in that folder, or a name or number in the course; by default the first. */
  file?: string;
  /** Opens a browser, unless false. */
  browser?: boolean;
  /** Further arguments for JupyterLab. */
  args?: string[];
  env?: Record<string, string>;
}

/**
 * Starts JupyterLab on the loopback interface, protected by Jupyter's token. Its kernels are the project's own; the user's
 * are not touched. In the result, `ended` resolves when JupyterLab exits; disposing of it stops JupyterLab.
 */
export async function startLab(options: LabOptions = {}) {
  const { course, file, browser = true, args = [], env = {} } = options;
  const folder = course === undefined ? root : resolve(course);
  const notebook = file ? await findNotebook(file, "open", course) : (await courseNotebooks(course))[0];
  const opened = relative(folder, resolve(notebook));
  if (opened.startsWith("..") || isAbsolute(opened)) {
    throw new CourseError(`Cannot open ${notebook}: it is not in ${folder}.`);
  }
  const { command: [program, ...before], fetches } = await findJupyterLab();
  await writeSpecs(join(data, "kernels"));
  if (fetches) console.error("Fetching JupyterLab; the first time takes a minute…");
  const path = [data, Deno.env.get("JUPYTER_PATH")].filter(Boolean).join(delimiter);
  const child = new Deno.Command(program, {
    args: [
      ...before,
      `--ServerApp.root_dir=${folder}`,
      "--ServerApp.ip=127.0.0.1",
      `--LabApp.default_url=/lab/tree/${opened.split(/[\\/]/).map(encodeURIComponent).join("/")}`,
      "--ZMQChannelsWebsocketConnection.limit_rate=False", // otherwise it drops fast output
      ...(browser ? [] : ["--no-browser"]),
      ...(Deno.build.os !== "windows" && Deno.uid() === 0 ? ["--allow-root"] : []),
      ...args,
    ],
    cwd: folder,
    env: { JUPYTERLAB_WORKSPACES_DIR: join(data, "workspaces"), ...env, JUPYTER_PATH: path },
    detached: true, // Ctrl-C reaches only us, and we stop it
    stdin: "null",
  }).spawn();
  const end = () => signalGroup(child, "SIGTERM"); // it stops its kernels
  globalThis.addEventListener("unload", end);
  child.status.then(() => globalThis.removeEventListener("unload", end));
  return {
    ended: child.status,
    async [Symbol.asyncDispose]() {
      end();
      await pTimeout(child.status, { milliseconds: 5000, fallback: () => signalGroup(child, "SIGKILL") });
      await child.status;
    },
  };
}
