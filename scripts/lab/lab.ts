/** JupyterLab for the course, from its start to its end. @module */
import { delimiter, isAbsolute, join, relative, resolve } from "node:path";
import pTimeout from "p-timeout";
import { signalGroup } from "../common/command.ts";
import { courseNotebooks } from "../common/course.ts";
import { CourseError } from "../common/errors.ts";
import { root } from "../common/project.ts";
import { findJupyterLab } from "./jupyter.ts";
import { writeSpecs } from "./specs.ts";

/** The folder of the project's own Jupyter data: the kernels, and the last session's windows. */
const data = join(root, ".kernels", "jupyter");

/** The options of JupyterLab's start. */
export interface LabOptions {
  /** The folder of a course, which JupyterLab then shows; the project's where none is given. */
  course?: string;
  /** The file to open, in that folder; the first notebook where none is given. */
  file?: string;
  /** A port of this machine; the first that is free from 8888 on where none is given. */
  port?: number;
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
  const { course, file, port, browser = true, args = [], env = {} } = options;
  const folder = course === undefined ? root : resolve(course);
  const opened = await pathIn(folder, file ?? (await courseNotebooks(course))[0]);
  if (port !== undefined) checkPort(port);
  const { command: [program, ...before], fetches } = await findJupyterLab();
  await writeSpecs(join(data, "kernels"));
  if (fetches) console.error("Fetching JupyterLab; the first time takes a minute…");
  const path = [data, Deno.env.get("JUPYTER_PATH")].filter(Boolean).join(delimiter);
  const child = new Deno.Command(program, {
    args: [
      ...before,
      `--ServerApp.root_dir=${folder}`,
      "--ServerApp.ip=127.0.0.1",
      `--LabApp.default_url=/lab/tree/${opened}`,
      "--ZMQChannelsWebsocketConnection.limit_rate=False", // else it drops what a cell prints quickly
      ...(port === undefined ? [] : [`--ServerApp.port=${port}`, "--ServerApp.port_retries=0"]),
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

/** The path of a file from a folder, as an address has it. */
async function pathIn(folder: string, file: string): Promise<string> {
  const path = relative(folder, resolve(folder, file));
  const why = path.startsWith("..") || isAbsolute(path)
    ? `it is not in ${folder === root ? "the project's" : "the course's"} folder, ${folder}`
    : await Deno.stat(join(folder, path)).then(() => undefined, () => "there is no such file");
  if (why) throw new CourseError(`Cannot open ${file}: ${why}.`);
  return path.split(/[\\/]/).map(encodeURIComponent).join("/");
}

function checkPort(port: number): void {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
  } catch {
    throw new CourseError(
      `Cannot open JupyterLab on port ${port}: another program listens there. Leave --port out, and a free one is taken.`,
    );
  }
}
