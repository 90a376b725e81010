/** What a point's figures depend on beside its values. @module */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Notebook } from "../notebook/notebook.ts";
import { root } from "../common/project.ts";

/** A hash of the notebook's code, of the library's and of Deno's version: other figures may come where it differs. */
export function fingerprint(notebook: Notebook, library: string = join(root, "lib")): string {
  const hash = createHash("sha256").update(Deno.version.deno);
  for (const cell of notebook.cells) {
    if (cell.cell_type === "code") hash.update(JSON.stringify([cell.source, cell.metadata.tags ?? []]));
  }
  for (const path of sourcesIn(library)) {
    hash.update(path.slice(library.length)).update(Deno.readFileSync(path));
  }
  return hash.digest("hex").slice(0, 16);
}

function sourcesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    if (isDirectory) return sourcesIn(path);
    return name.endsWith(".ts") && !name.endsWith("_test.ts") ? [path] : [];
  }).sort();
}
