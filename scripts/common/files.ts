/** Names of files, and files that are written whole or not at all. @module */
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CourseError, messageOf } from "./errors.ts";

/** What is for programs around a system's words, as Node writes it, and as Deno does. */
const system = /^E[A-Z]+: (.*?), .*$|^(.*?) \(os error \d+\).*$/s;

/** The reason of a system's error in its own words, such as "no such file or directory"; of any other error its message. */
export function reasonOf(error: unknown): string {
  return messageOf(error).replace(system, (_, node, deno) => (node ?? deno).toLowerCase());
}

/** Makes a folder to write into, and those above it. Throws a `CourseError` where that cannot be. */
export async function makeFolder(path: string, wayOut = "Choose another with --out"): Promise<void> {
  await Deno.mkdir(path, { recursive: true }).then(() => tryIn(path)).catch((error) => {
    throw new CourseError(`Cannot make the folder ${path}: ${reasonOf(error)}. ${wayOut}.`);
  });
}

async function tryIn(folder: string): Promise<void> {
  await Deno.remove(await Deno.makeTempFile({ dir: folder, prefix: ".course-" }));
}

/** Makes a folder among the system's temporary files, which is removed in the end. */
export function temporaryFolder(prefix: string): { path: string } & Disposable {
  try {
    const path = Deno.realPathSync(Deno.makeTempDirSync({ prefix }));
    return { path, [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }) };
  } catch (error) {
    const wayOut = "Set TMPDIR to a folder that can be written to";
    throw new CourseError(`Cannot make a folder for temporary files: ${reasonOf(error)}. ${wayOut}.`);
  }
}

/** The name of a notebook's file without its ending, free of what no file name may hold, and of `most` bytes at the most. */
export function fileStem(path: string, most = 200): string {
  const base = path.replace(/\.ipynb$/i, "").split(/[/\\]/).findLast((part) => part.trim() !== "") ?? "";
  // deno-lint-ignore no-control-regex
  const safe = base.replace(/[\x00-\x1f\x7f<>:"|?*]+/g, "-").replace(/^[.\s]+|[.\s]+$/g, "");
  // Most disks allow 255 bytes for a name; this leaves room for a number and an ending.
  const short = new TextDecoder().decode(new TextEncoder().encode(safe).subarray(0, most));
  return short.replace(/\ufffd$/, "") || "notebook";
}

/** Returns a name that is not taken: `wanted`, or else it with a number in front of its ending: `cat-2.png`. */
export function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let n = 2; taken.includes(name); n++) name = wanted.replace(/(?=\.\w+$)|$/, `-${n}`);
  return name;
}

/** A hash of a text or of bytes, in hexadecimal digits. */
export function hashOf(content: string | Uint8Array, digits = 8): string {
  return createHash("sha256").update(content).digest("hex").slice(0, digits);
}

/**
 * Writes a file whole or not at all: into a new file beside it, which then takes its place. A link stays a link, and
 * the file keeps its permissions. Throws a `CourseError` when it cannot, and then leaves everything as it was.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const { mode, target } = await targetOf(path);
  const beside = join(dirname(target), `.${crypto.randomUUID()}.tmp`); // the file's own name may be too long for more
  try {
    await writeFile(beside, content, { flag: "wx", flush: true, mode });
    if (mode !== undefined && Deno.build.os !== "windows") await Deno.chmod(beside, mode & 0o7777);
    await Deno.rename(beside, target);
  } catch (error) {
    await Deno.remove(beside).catch(() => {});
    throw cannotWrite(path, error);
  }
}

/** Throws a `CourseError` where `writeWhole` could not write the file; leaves everything as it is. */
export async function checkWritable(path: string): Promise<void> {
  const { target } = await targetOf(path);
  await tryIn(dirname(target)).catch((error) => {
    throw cannotWrite(path, error);
  });
}

/** The file that is written, and the permissions of one that is there and may be overwritten. */
async function targetOf(path: string): Promise<{ target: string; mode?: number }> {
  const target = await Deno.realPath(path).catch(() => path);
  const found = await Deno.stat(target).catch(() => undefined);
  const file = found && await Deno.open(target, { append: true }).catch((error) => {
    throw cannotWrite(path, error);
  });
  file?.close();
  return { target, mode: found?.mode ?? undefined };
}

function cannotWrite(path: string, error: unknown): CourseError {
  return new CourseError(
    `Cannot write ${path}: ${reasonOf(error)}. Choose another place, or make this one writable.`,
  );
}
