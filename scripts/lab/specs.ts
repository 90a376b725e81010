/** What Jupyter is told of our kernels: a folder with a `kernel.json` for each. @module */
import { basename, join } from "node:path";
import { outputOf } from "../common/command.ts";
import { CourseError, messageOf } from "../common/errors.ts";
import type { KernelKind } from "../kernel/kernel.ts";
import { kernelKinds } from "../kernel/kinds.ts";
import { root } from "../common/project.ts";

/** By this key in a spec's metadata we know one that we have written; its value is the project's folder. */
const mark = "async-course";

/** What became of a spec. */
export interface Written {
  name: string;
  path: string;
  /** Why it was left alone, if it was. */
  refused?: string;
}

/** Writes the specs of the kernels `names` into the folder `kernels`. One of that name that is not ours stays. */
export async function writeSpecs(kernels: string, names: string[]): Promise<Written[]> {
  const written: Written[] = [];
  for (const kind of kernelKinds.filter((kind) => names.includes(kind.name))) {
    const path = join(kernels, kind.name);
    const owner = await ownerOf(path);
    if (owner === "somebody else") {
      const refused =
        `there is a kernel "${kind.name}" in ${path} that is not the course's, and it stays as it is. ` +
        "To have the course's, move that folder away first.";
      written.push({ name: kind.name, path, refused });
      continue;
    }
    const env = Object.entries(kind.env).filter(([, value]) => value !== undefined);
    const { displayName, argv, interrupt } = await startOf(kind);
    const spec = {
      argv,
      display_name: displayName,
      language: kind.language.name,
      interrupt_mode: interrupt,
      env: Object.fromEntries(env),
      metadata: { [mark]: root },
    };
    try {
      await Deno.mkdir(path, { recursive: true });
      await Deno.writeTextFile(join(path, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
    } catch (error) {
      throw new CourseError(`Cannot write the kernel "${kind.name}" to ${path}: ${messageOf(error)}.`);
    }
    written.push({ name: kind.name, path });
  }
  return written;
}

/** Removes our specs from the folder `kernels`; returns those removed. Others stay. */
export async function removeSpecs(kernels: string): Promise<string[]> {
  const removed: string[] = [];
  for (const { name } of kernelKinds) {
    const path = join(kernels, name);
    const owner = await ownerOf(path);
    if (owner === undefined || owner === "somebody else") continue;
    await Deno.remove(path, { recursive: true });
    removed.push(path);
  }
  return removed;
}

/** Where Jupyter, and VS Code with it, looks for a user's kernels. */
export function userKernels(os = Deno.build.os, get = (name: string) => Deno.env.get(name)): string {
  const data = get("JUPYTER_DATA_DIR");
  if (data) return join(data, "kernels");
  const home = get("HOME") ?? get("USERPROFILE") ?? ".";
  if (os === "windows") return join(get("APPDATA") ?? join(home, "AppData", "Roaming"), "jupyter", "kernels");
  if (os === "darwin") return join(home, "Library", "Jupyter", "kernels");
  return join(get("XDG_DATA_HOME") || join(home, ".local", "share"), "jupyter", "kernels");
}

/** "us" or "somebody else"; nobody where there is no spec. */
async function ownerOf(path: string): Promise<"us" | "somebody else" | undefined> {
  try {
    const { metadata } = JSON.parse(await Deno.readTextFile(join(path, "kernel.json")));
    return metadata?.[mark] ? "us" : "somebody else";
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) return "somebody else";
    return await Deno.lstat(path).then(() => "somebody else" as const, () => undefined);
  }
}

/** How a front end starts and interrupts a kernel: with the whole path of its program, since its PATH may be another. */
async function startOf({ front, displayName, argv }: KernelKind) {
  const file = "{connection_file}";
  if (front) {
    const command = [
      await lastingDeno(),
      "run",
      "-A",
      "--quiet",
      "--config",
      join(root, "deno.json"),
      front.script,
      file,
    ];
    return { argv: command, displayName: front.displayName, interrupt: "message" };
  }
  const [program, ...args] = argv(file);
  const node = await outputOf([program, "-p", "process.execPath"]);
  return { argv: [node?.stdout.trim() || program, ...args], displayName, interrupt: "signal" };
}

/** This Deno; a link to it in the project where npx has put it into its cache, from which it may vanish. */
export async function lastingDeno(deno = Deno.execPath()): Promise<string> {
  if (!/[\\/]_npx[\\/]/.test(deno)) return deno;
  const folder = join(root, ".kernels", `deno-${Deno.version.deno}`);
  const path = join(folder, basename(deno));
  await Deno.mkdir(folder, { recursive: true });
  await Deno.link(deno, path).catch((error) => {
    if (!(error instanceof Deno.errors.AlreadyExists)) return Deno.copyFile(deno, path);
  });
  return path;
}
