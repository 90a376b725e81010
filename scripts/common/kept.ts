/** Folders that are made from files: each is named for these, so that it is made once, and never changed while it is read. @module */
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { hashOf, makeFolder } from "./files.ts";
import { root } from "./project.ts";

/** The milliseconds for which an older folder is kept: it may still be read. */
const kept = 24 * 60 * 60 * 1000;

/** The sources in folders, without tests, in the same order everywhere. */
export function sourcesIn(...folders: string[]): string[] {
  const isSource = (name: string) => /\.(tsx?|js|css)$/.test(name) && !/_test\.tsx?$|\btestdata\b/.test(name);
  return folders.flatMap((folder) => {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return names.filter(isSource).sort().map((name) => join(folder, name));
  });
}

/** A hash of files, of their names too, and of what else is given. */
export function hashOfFiles(files: readonly string[], more = ""): string {
  const parts = files.flatMap((file) => [relative(root, file), Deno.readTextFileSync(file)]);
  return hashOf(more + parts.map((part) => `${part}\0`).join(""), 16);
}

/** Lets `make` fill the folder `name` in `parent`, where it is not there yet, and returns its path. */
export async function keptFolder(parent: string, name: string, make: (draft: string) => Promise<void>) {
  const folder = join(parent, name);
  const isThere = () => Deno.stat(folder).then(() => true, () => false);
  if (await isThere()) {
    await Deno.utime(folder, new Date(), new Date()).catch(() => {}); // what is in use stays
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
      if (Date.now() - Number((await Deno.stat(old)).mtime) > kept) {
        await Deno.remove(old, { recursive: true });
      }
    }
  } catch (error) {
    if (!await isThere()) throw error; // else another process was faster
  } finally {
    await Deno.remove(draft, { recursive: true }).catch(() => {});
  }
  return folder;
}
