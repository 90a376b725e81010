/** The script of live pages: the page's own code, and in it the code of its worker, with lib. @module */
import { join } from "node:path";
import { deno } from "../../common/command.ts";
import { docs } from "../../common/docs.ts";
import { CourseError } from "../../common/errors.ts";
import { cachedFolder, hashOfFiles, sourcesIn } from "../../common/cache.ts";
import { root } from "../../common/project.ts";

/** The folders of scripts that the script is made from, besides lib. */
const rooms = ["handouts/live", "handouts/document", "parameters", "common"];
const [config, lock] = ["deno.json", "deno.lock"].map((name) => join(root, name));
let known: Promise<string> | undefined;

/**
 * Returns the script, bundled anew if its sources or packages have changed.
 *
 * @throws {CourseError} if it cannot be bundled
 */
export const liveScript = (): Promise<string> => known ??= keptScript();

async function keptScript(): Promise<string> {
  const folders = rooms.map((room) => join(root, "scripts", room));
  const made = hashOfFiles([...sourcesIn(join(root, "lib"), ...folders), config, lock], Deno.version.deno);
  const folder = await cachedFolder(join(root, ".kernels", "live"), made, write);
  return await Deno.readTextFile(join(folder, "live.js"));
}

async function write(folder: string): Promise<void> {
  const [worker, page, names] = await Promise.all([bundle("worker.ts"), bundle("main.ts"), libNames()]);
  // In single quotes, since bundles contain many double ones.
  const quoted = worker.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n").replaceAll("</", "<\\/");
  const script = `"use strict";var workerSource='${quoted}',libNames=${names};\n${page}`;
  await Deno.writeTextFile(join(folder, "live.js"), script);
}

/** Returns the names that lib exports, each with the first sentence of its comment, as JSON. */
async function libNames(): Promise<string> {
  const names = Array.from(await docs(), ([name, { comment }]) => {
    const [first] = comment.split(/\n\n|(?<=\.)\s/);
    return [name, first.replace(/\s+/g, " ").replaceAll("`", "")];
  });
  return JSON.stringify(Object.fromEntries(names));
}

/** The addresses of lib, and of stand-ins for what a browser lacks or a page does without. */
const instead = {
  "@course/lib": import.meta.resolve("../../../lib/mod.ts"),
  "htmlparser2": import.meta.resolve("./instead/htmlparser2.ts"),
  "node:async_hooks": import.meta.resolve("./instead/async_hooks.ts"),
  [import.meta.resolve("../document/markdown.ts")]: import.meta.resolve("./instead/markdown.ts"),
};

/** Bundles a file for a browser. */
async function bundle(file: string): Promise<string> {
  const own: Record<string, string> = JSON.parse(await Deno.readTextFile(config)).imports;
  const imports = { ...own, ...instead };
  const map = `data:application/json,${encodeURIComponent(JSON.stringify({ imports }))}`;
  const packages = ["--no-config", "--lock", lock, "--frozen", "--import-map", map];
  const options = ["--platform", "browser", "--format", "iife", "--minify", "--quiet"];
  const path = join(import.meta.dirname!, file);
  const { code, stdout, stderr } = await deno(["bundle", ...packages, ...options, path]);
  if (code === 0) return stdout;
  throw new CourseError(`Cannot bundle the code of live pages: ${stderr}`);
}
