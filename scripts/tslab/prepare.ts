/**
 * Prepares tslab's kernel: installs it, and builds lib for it, which Deno reads as it is. Each folder is named for what it is
 * made from, so that it is made once, and never changed while a kernel reads it.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { deno, outputOf } from "../common/command.ts";
import { CourseError } from "../common/errors.ts";
import { root } from "../common/project.ts";

const here = import.meta.dirname!;
const [lib, parameters] = [join(root, "lib"), join(root, "scripts", "parameters")];
const lists = ["package.json", "package-lock.json"].map((name) => join(here, name));

/** The milliseconds for which an older folder is kept: kernels may still read it. */
const kept = 24 * 60 * 60 * 1000;

/** Returns the folders of tslab and of lib for it. Throws a `CourseError` where one cannot be made. */
export async function prepareTslab(): Promise<[tslab: string, lib: string]> {
  const home = await makeFolder(join(root, ".kernels", "tslab"), lists, install);
  const sources = await Promise.all([lib, parameters].map(sourcesIn));
  const built = await makeFolder(
    join(home, "lib"),
    [...sources.flat(), import.meta.filename!],
    (folder) => buildLib(sources[0], home, folder),
  );
  return [home, built];
}

/** Has `make` fill a folder that is named for the content of files, where it is not there yet. */
async function makeFolder(parent: string, files: string[], make: (draft: string) => Promise<void>) {
  const sum = createHash("sha256");
  for (const file of files) sum.update(`${relative(root, file)}\0`).update(await readFile(file)).update("\0");
  const folder = join(parent, sum.digest("hex").slice(0, 16));
  const isThere = () => stat(folder).then(() => true, () => false);
  if (await isThere()) return folder;
  const draft = `${folder}-${crypto.randomUUID()}`;
  try {
    await mkdir(draft, { recursive: true });
    await make(draft);
    await rename(draft, folder);
    for (const name of await readdir(parent)) {
      const old = join(parent, name);
      if (Date.now() - (await stat(old)).mtimeMs > kept) await rm(old, { recursive: true });
    }
  } catch (error) {
    if (!await isThere()) throw error; // else another process was faster
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

/** Installs what package-lock.json names, tslab among it, by the npm that comes with Node. */
async function install(folder: string): Promise<void> {
  console.error("Installing tslab into .kernels/tslab; this is done once…");
  for (const file of lists) await copyFile(file, join(folder, relative(here, file)));
  const npm = Deno.build.os === "windows" ? "npm.cmd" : "npm";
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const ended = await outputOf([npm, ...args], { cwd: folder });
  const why = ended
    ? `npm failed. Is there a network? It said:\n${ended.stderr.trim().slice(-1000)}`
    : "npm was not found. It comes with Node: install that from https://nodejs.org.";
  if (ended?.code !== 0) throw new CourseError(`Cannot install tslab: ${why}`);
}

async function sourcesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const isSource = (name: string) => /\.(tsx?|js|css)$/.test(name) && !/_test\.tsx?$|\btestdata\b/.test(name);
  return names.filter(isSource).sort().map((name) => join(folder, name));
}

/** Builds lib, and what checks the values of parameters: JavaScript (CommonJS), and declarations that tslab's TypeScript can read. */
async function buildLib(sources: string[], home: string, folder: string): Promise<void> {
  const options = ["--quiet", "--format", "cjs", "--external", "canvas", "--outdir", folder]; // linkedom's, and not needed
  const entries = [join(lib, "mod.ts"), join(parameters, "refused.ts")];
  const bundled = deno(["bundle", "--config", join(root, "deno.json"), ...options, ...entries]); // meanwhile
  declare(sources.filter((file) => /\.tsx?$/.test(file)), home, folder);
  const { code, stderr } = await bundled;
  if (code !== 0) throw new CourseError(`Cannot build lib for tslab: ${stderr.trim()}`);
}

function declare(files: string[], home: string, folder: string): void {
  const ts = createRequire(join(home, "node_modules", "tslab", "package.json"))(
    "@tslab/typescript-for-tslab",
  );
  const program = ts.createProgram(files, {
    declaration: true,
    emitDeclarationOnly: true,
    allowImportingTsExtensions: true,
    lib: ["lib.es2022.d.ts"],
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    rootDir: lib,
    outDir: join(folder, "lib"),
  });
  const { diagnostics: [problem] } = program.emit(undefined, undefined, undefined, true);
  if (!problem) return;
  const words = ts.flattenDiagnosticMessageText(problem.messageText, " ");
  throw new CourseError(`Cannot build lib for tslab: ${problem.file?.fileName}: ${words}`);
}
