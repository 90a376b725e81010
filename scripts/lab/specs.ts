/** The kernel specs by which Jupyter finds our kernels: a folder with a `kernel.json` for each. @module */
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { outputOf } from "../common/command.ts";
import { messageOf } from "../common/errors.ts";
import { writeWhole } from "../common/files.ts";
import { root } from "../common/project.ts";
import { deno, type KernelKind } from "../kernel/kernel.ts";
import { kernelKinds } from "../kernel/kinds.ts";
import { nodeVariable, tslab } from "../kernel/tslab.ts";

/** The key in a spec's metadata that marks it as ours; its value is the project's folder. */
const mark = "async-course";

/**
 * Writes the specs of all kernels that can be started into the folder `kernels`; returns their folders. Somebody else's spec
 * of the same name is reported and left alone.
 */
export async function writeSpecs(kernels: string): Promise<string[]> {
  const warn = (error: unknown) => console.error(`${messageOf(error)}\nOnly Deno's kernel is available.`);
  const kinds = await tslab.prepare!().then(() => kernelKinds, (error) => warn(error) ?? [deno]);
  const written = await Promise.all(kinds.map(async (kind) => {
    const path = join(kernels, kind.name);
    if (await isOurs(path) === false) {
      const wayOut = "To register the course's, move that folder away first.";
      console.error(`There is already another kernel in ${path}. ${wayOut}`);
      return [];
    }
    await Deno.mkdir(path, { recursive: true }).catch(() => {}); // then writing fails, too, and says why
    await writeWhole(join(path, "kernel.json"), `${JSON.stringify(await specOf(kind), null, 2)}\n`);
    return [path];
  }));
  return written.flat();
}

/** Removes our specs, and no others, from the folder `kernels`; returns their folders. */
export async function removeSpecs(kernels: string): Promise<string[]> {
  const removed: string[] = [];
  for (const { name } of kernelKinds) {
    const path = join(kernels, name);
    if (!await isOurs(path)) continue;
    await Deno.remove(path, { recursive: true });
    removed.push(path);
  }
  return removed;
}

/** Returns the folder where Jupyter and VS Code look for a user's kernels. */
export function userKernels(os = Deno.build.os, get = (name: string) => Deno.env.get(name)): string {
  const home = get("HOME") ?? homedir();
  const usual: Partial<Record<typeof os, string>> = {
    windows: join(get("APPDATA") ?? join(home, "AppData", "Roaming"), "jupyter"),
    darwin: join(home, "Library", "Jupyter"),
  };
  const elsewhere = join(get("XDG_DATA_HOME") || join(home, ".local", "share"), "jupyter");
  return join(get("JUPYTER_DATA_DIR") || (usual[os] ?? elsewhere), "kernels");
}

/** Returns true if a spec is ours, false if it is not, and undefined if there is none. */
async function isOurs(path: string): Promise<boolean | undefined> {
  const isThere = await Deno.lstat(path).then(() => true, () => false);
  const spec = await Deno.readTextFile(join(path, "kernel.json")).catch(() => "");
  return isThere ? spec.includes(`"${mark}"`) : undefined;
}

/** Returns the content of a spec. Its paths are absolute, as a front end's PATH may differ. */
async function specOf({ name, displayName, language }: KernelKind) {
  const front = join(root, "scripts", "kernel", "front", "main.ts");
  const run = ["run", "-A", "--quiet", "--config", join(root, "deno.json"), front, "{connection_file}", name];
  const node = (await outputOf(["node", "-p", "process.execPath"]))?.stdout.trim() || undefined;
  return {
    argv: [await lastingDeno(), ...run],
    display_name: displayName,
    interrupt_mode: "message",
    env: { [nodeVariable]: node },
    language: language.name,
    metadata: { [mark]: root },
  };
}

/** Returns the path of this Deno, or of a link in the project to one in npx's cache, from which it may vanish. */
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
