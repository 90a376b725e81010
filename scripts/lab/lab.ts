/** JupyterLab for the course, from its start to its end. @module */
import { delimiter, isAbsolute, join, relative, resolve } from "node:path";
import pTimeout from "p-timeout";
import { signalGroup } from "../common/command.ts";
import { courseNotebooks } from "../common/course.ts";
import { CourseError } from "../common/errors.ts";
import { findNotebook } from "../common/find_notebook.ts";
import { root } from "../common/project.ts";
import { findJupyterLab } from "./jupyter.ts";
import { writeSpecs } from "./specs.ts";

/** The folder of the project's own Jupyter data: the kernels, and the last session's windows. */
const data = join(root, ".kernels", "jupyter");

/** The options of JupyterLab's start. */
export interface LabOptions {
  /** The folder of a course, which JupyterLab then shows; the project's where none is given. */
  course?: string;
  /** The notebook to open, a file in that folder or one of the course by its name or number; else the first. */
  file?: string;
  /** True where a browser is to open. */
  browser?: boolean;
  /** Further arguments for JupyterLab. */
  args?: string[];
  env?: Record<string, string>;
}

/**
 * Starts JupyterLab, on this machine's loopback, with Jupyter's token. Its kernels are the project's own: nothing of
 * the user's is touched. What is returned tells when it has ended, and ends it when disposed of.
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
      "--ZMQChannelsWebsocketConnection.limit_rate=False", // else it drops what a cell prints quickly
      ...(browser ? [] : ["--no-browser"]),
      ...(Deno.build.os !== "windows" && Deno.uid() === 0 ? ["--allow-root"] : []),
      ...args,
    ],
    cwd: folder,
    env: { JUPYTERLAB_WORKSPACES_DIR: join(data, "workspaces"), ...env, JUPYTER_PATH: path },
    detached: true, // Ctrl-C reaches us alone, and we end it
    stdin: "null",
  }).spawn();
  const end = () => signalGroup(child, "SIGTERM"); // it ends its kernels
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
