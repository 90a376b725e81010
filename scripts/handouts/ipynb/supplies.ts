import { join, posix } from "node:path";
import { root } from "../../common/project.ts";

/** The specifiers that code imports, including those in comments and types: they follow `from`, or `import` alone. */
const imported = /(?:\bfrom|\bimport)\s*\(?\s*["']([^"'\n]+)["']/g;

/**
 * The files that let notebooks run in any folder: the library files they need, and a `deno.json` with the project's versions.
 * There are none if the notebooks import nothing from the project.
 */
export function supplies(code: readonly string[]): Map<string, string> {
  const known: Record<string, string> = JSON.parse(Deno.readTextFileSync(join(root, "deno.json"))).imports;
  const used = new Set<string>();
  const files = new Map<string, string>();
  const follow = (source: string, folder?: string) => {
    for (const [, name] of source.matchAll(imported)) {
      if (Object.hasOwn(known, name)) used.add(name);
      // A file beside a notebook is the author's own.
      const path = name.startsWith(".") ? folder && posix.join(folder, name) : known[name];
      const target = path?.replace(/^\.\//, "") ?? "";
      if (!target.startsWith("lib/") || files.has(target)) continue;
      const text = Deno.readTextFileSync(join(root, target));
      files.set(target, text);
      follow(text, posix.dirname(target));
    }
  };
  for (const source of code) follow(source);
  if (used.size === 0) return new Map();
  const imports = Object.fromEntries([...used].sort().map((name) => [name, known[name]]));
  return new Map([["deno.json", JSON.stringify({ imports }, null, 2) + "\n"], ...[...files].sort()]);
}
