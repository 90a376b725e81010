/** The script that makes pages alive: the page's own code, and in it that of its worker, with lib. @module */
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { deno } from "../../common/command.ts";
import { CourseError } from "../../common/errors.ts";
import { root } from "../../common/project.ts";

const here = import.meta.dirname!;
/** The folders that the script is made from. */
const folders = ["lib", "scripts/handouts/live", "scripts/handouts/document", "scripts/parameters"];
/** The script is kept for each content that it was made from. */
const kept = join(root, ".kernels", "live");

let known: Promise<string> | undefined;

/**
 * Returns the script; it is bundled where lib or a package has changed since.
 *
 * @throws {CourseError} if it cannot be bundled
 */
export function liveScript(): Promise<string> {
  return known ??= keptScript();
}

async function keptScript(): Promise<string> {
  const path = join(kept, `${await digest()}.js`);
  try {
    return await Deno.readTextFile(path);
  } catch { /* not made yet */ }
  const [worker, page, names] = await Promise.all([
    bundle("worker.ts"),
    bundle("main.ts"),
    libNames(),
  ]);
  // Bundles have many double quotes, and few single ones.
  const quoted = worker.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n").replaceAll("</", "<\\/");
  const script = `"use strict";var workerSource='${quoted}',libNames=${names};\n${page}`;
  await Deno.remove(kept, { recursive: true }).catch(() => {});
  await Deno.mkdir(kept, { recursive: true });
  const draft = await Deno.makeTempFile({ dir: kept });
  await Deno.writeTextFile(draft, script);
  await Deno.rename(draft, path);
  return script;
}

async function digest(): Promise<string> {
  const sum = createHash("sha256").update(Deno.version.deno);
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, String(name)))
  );
  const made = files.filter((path) => /\.(ts|js|css)$/.test(path) && !/_test\./.test(path)).sort();
  for (const path of [...made, "deno.json", "deno.lock"]) {
    sum.update(`${path}\0`).update(await Deno.readFile(join(root, path)));
  }
  return sum.digest("hex").slice(0, 16);
}

/** The names that lib exports, each with the first sentence of its comment, as JSON. */
async function libNames(): Promise<string> {
  const { stdout } = await deno(["doc", "--no-config", "--quiet", "--json", join(root, "lib", "mod.ts")]);
  const { nodes }: { nodes: Record<string, { symbols: Documented[] }> } = JSON.parse(stdout);
  const names = Object.values(nodes).flatMap(({ symbols }) => symbols).map(({ name, declarations }) => {
    const [first] = (declarations.find(({ jsDoc }) => jsDoc)?.jsDoc?.doc ?? "").split(/\n\n|(?<=\.)\s/);
    return [name, first.replace(/\s+/g, " ").replace(/\{@\w+ (\w+).*?\}|`/g, "$1")];
  });
  return JSON.stringify(Object.fromEntries(names));
}

/** What `deno doc` says of a name. */
interface Documented {
  name: string;
  declarations: { jsDoc?: { doc?: string } }[];
}

const url = (path: string) => pathToFileURL(path).href;

/** The files that stand in for what a browser has not, or a page does without. */
const instead: Record<string, string> = {
  "htmlparser2": "htmlparser2.ts",
  "linkedom": "linkedom.ts",
  "node:async_hooks": "async_hooks.ts",
  "highlight.js/lib/languages/bash": "grammar.ts",
  "highlight.js/lib/languages/javascript": "grammar.ts",
  "highlight.js/lib/languages/python": "grammar.ts",
  [url(join(here, "..", "document", "markdown.ts"))]: "markdown.ts",
  [url(join(here, "..", "document", "places.ts"))]: "markdown.ts",
};

/** Bundles a file for a browser. */
async function bundle(file: string): Promise<string> {
  const config: { imports: Record<string, string> } = JSON.parse(
    await Deno.readTextFile(join(root, "deno.json")),
  );
  const packages = Object.entries(config.imports).filter(([, to]) => to.startsWith("npm:"));
  const imports = {
    ...Object.fromEntries(packages.flatMap(([name, to]) => [
      [name, to],
      [`${name}/`, `${to.replace("npm:", "npm:/")}/`],
    ])),
    "@course/lib": url(join(root, "lib", "mod.ts")),
    ...Object.fromEntries(
      Object.entries(instead).map(([name, file]) => [name, url(join(here, "instead", file))]),
    ),
  };
  const map = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(map, JSON.stringify({ imports }));
    const options = ["--platform", "browser", "--format", "iife", "--minify", "--quiet"];
    const packages = ["--no-config", "--lock", join(root, "deno.lock"), "--frozen", "--import-map", map];
    const { code, stdout, stderr } = await deno(["bundle", ...packages, ...options, join(here, file)]);
    if (code === 0) return stdout;
    throw new CourseError(`Cannot bundle the code of live pages: ${stderr}`);
  } finally {
    await Deno.remove(map);
  }
}
