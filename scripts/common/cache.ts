/** A cache of folders that are built from source files. Each is named after a hash of its sources, and is never modified. @module */
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { hashOf, makeFolder } from "./files.ts";
import { root } from "./project.ts";

/** The milliseconds after which an unused folder is removed. Until then, another process may still be reading it. */
const lifetime = 24 * 60 * 60 * 1000;

/** Returns the source files in folders, without tests, in the same order on every system. */
export function sourcesIn(...folders: string[]): string[] {
  const isSource = (name: string) => /\.(tsx?|js|css)$/.test(name) && !/_test\.tsx?$|\btestdata\b/.test(name);
  return folders.flatMap((folder) => {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return names.filter(isSource).sort().map((name) => join(folder, name));
  });
}

/** Hashes the names and contents of files, and the text `more`. */
export function hashOfFiles(files: readonly string[], more = ""): string {
  const parts = files.flatMap((file) => [relative(root, file), Deno.readTextFileSync(file)]);
  return hashOf(more + parts.map((part) => `${part}\0`).join(""), 16);
}

/** Returns the path of the folder `name` in `parent`; if it does not exist yet, `make` fills it. */
export async function cachedFolder(parent: string, name: string, make: (draft: string) => Promise<void>) {
  const folder = join(parent, name);
  const isThere = () => Deno.stat(folder).then(() => true, () => false);
  if (await isThere()) {
    await Deno.utime(folder, new Date(), new Date()).catch(() => {}); // marks it as in use
    return folder;
  }
  const draft = `${folder}-${crypto.randomUUID()}`;
  await makeFolder(parent, "Make the course's folder writable, or work in a copy of it");
  try {
    await Deno.mkdir(draft);
    await make(draft);
    await Deno.rename(draft, folder);
    for (const { name } of Deno.readDirSync(parent)) {
      const old = join(parent, name);
      if (Date.now() - Number((await Deno.stat(old)).mtime) > lifetime) {
        await Deno.remove(old, { recursive: true });
      }
    }
  } catch (error) {
    if (!await isThere()) throw error; // otherwise another process was faster
  } finally {
    await Deno.remove(draft, { recursive: true }).catch(() => {});
  }
  return folder;
}
