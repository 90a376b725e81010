/** File names, and files that are written atomically. @module */
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CourseError, messageOf } from "./errors.ts";

/** Matches a system error as Node and as Deno word it; the groups capture the plain reason. */
const system = /^E[A-Z]+: (.*?), .*$|^(.*?) \(os error \d+\).*$/s;

/** Returns the reason of a system error, such as "no such file or directory"; of any other error, its message. */
export function reasonOf(error: unknown): string {
  return messageOf(error).replace(system, (_, node, deno) => (node ?? deno).toLowerCase());
}

/** Creates a folder and its parents. Throws a `CourseError` if it cannot be created or written into. */
export async function makeFolder(path: string, wayOut = "Choose another with --out"): Promise<void> {
  await Deno.mkdir(path, { recursive: true }).then(() => tryWriting(path)).catch((error) => {
    throw new CourseError(`Cannot write into the folder ${path}: ${reasonOf(error)}. ${wayOut}.`);
  });
}

async function tryWriting(folder: string): Promise<void> {
  await Deno.remove(await Deno.makeTempFile({ dir: folder, prefix: ".course-" }));
}

/** Creates a temporary folder, which is removed when it is disposed of. */
export function temporaryFolder(prefix: string): { path: string } & Disposable {
  try {
    const path = Deno.realPathSync(Deno.makeTempDirSync({ prefix }));
    return { path, [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }) };
  } catch (error) {
    const wayOut = "Set TMPDIR to a writable folder";
    throw new CourseError(`Cannot create a temporary folder: ${reasonOf(error)}. ${wayOut}.`);
  }
}

/** Returns the name of a notebook's file without its extension, safe on every system, and at most `most` bytes long. */
export function fileStem(path: string, most = 200): string {
  const base = path.replace(/\.ipynb$/i, "").split(/[/\\]/).findLast((part) => part.trim() !== "") ?? "";
  // deno-lint-ignore no-control-regex
  const safe = base.replace(/[\x00-\x1f\x7f<>:"|?*]+/g, "-").replace(/^[.\s]+|[.\s]+$/g, "");
  // Most file systems allow 255 bytes for a name; this leaves room for a number and an extension.
  const short = new TextDecoder().decode(new TextEncoder().encode(safe).subarray(0, most));
  return short.replace(/\ufffd$/, "") || "notebook";
}

/** Returns `wanted`, or, if that is taken, the same name with a number: `cat-2.png`. */
export function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let n = 2; taken.includes(name); n++) name = wanted.replace(/(?=\.\w+$)|$/, `-${n}`);
  return name;
}

/** Returns a hash of a text or of bytes, as that many hexadecimal digits. */
export function hashOf(content: string | Uint8Array, digits = 8): string {
  return createHash("sha256").update(content).digest("hex").slice(0, digits);
}

/**
 * Writes a file atomically: into a new file beside it, which is then renamed. A symbolic link stays one, and the file keeps
 * its permissions.
 *
 * @throws {CourseError} if the file cannot be written; in that case nothing has changed.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const { mode, target } = await targetOf(path);
  const beside = join(dirname(target), `.${crypto.randomUUID()}.tmp`); // the file's own name may be too long to extend
  try {
    await writeFile(beside, content, { flag: "wx", flush: true, mode });
    if (mode !== undefined && Deno.build.os !== "windows") await Deno.chmod(beside, mode & 0o7777);
    await Deno.rename(beside, target);
  } catch (error) {
    await Deno.remove(beside).catch(() => {});
    throw cannotWrite(path, error);
  }
}

/** Throws a `CourseError` if `writeWhole` could not write the file. Changes nothing. */
export async function checkWritable(path: string): Promise<void> {
  const { target } = await targetOf(path);
  await tryWriting(dirname(target)).catch((error) => {
    throw cannotWrite(path, error);
  });
}

/** Returns the file to write, with links resolved, and its permissions if it exists. */
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
    `Cannot write ${path}: ${reasonOf(error)}. Choose another place, or make it writable.`,
  );
}
