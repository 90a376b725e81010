/** Prepares tslab's kernel: installs it, and builds lib for it. @module */
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { deno, outputOf } from "../common/command.ts";
import { CourseError } from "../common/errors.ts";
import { cachedFolder, hashOfFiles, sourcesIn } from "../common/cache.ts";
import { root } from "../common/project.ts";

const here = import.meta.dirname!;
const lib = join(root, "lib");
/** Scripts that run inside both kernels: they check parameters, and send the output of cells. */
const shared = ["parameters/type.ts", "kernel/pipe.ts"].map((name) => join(root, "scripts", name));
const pins = ["deno.json", "deno.lock"].map((name) => join(root, name));
const lists = ["package.json", "package-lock.json"].map((name) => join(here, name));

/** Returns the folders of tslab and of its build of lib. Throws a `CourseError` if one cannot be made. */
export async function prepareTslab(): Promise<[tslab: string, lib: string]> {
  const home = await cachedFolder(join(root, ".kernels", "tslab"), hashOfFiles(lists), install);
  const sources = sourcesIn(lib);
  const ours = sourcesIn(dirname(shared[0]), join(root, "scripts", "common"));
  const made = hashOfFiles([...sources, ...ours, ...pins, shared[1], import.meta.filename!]);
  const built = await cachedFolder(join(home, "lib"), made, (folder) => buildLib(sources, home, folder));
  return [home, built];
}

/** Installs the packages of package-lock.json, with tslab, using Node's npm. */
async function install(folder: string): Promise<void> {
  console.error("Installing tslab into .kernels/tslab; this is done once…");
  for (const file of lists) await Deno.copyFile(file, join(folder, relative(here, file)));
  const npm = Deno.build.os === "windows" ? "npm.cmd" : "npm";
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const ended = await outputOf([npm, ...args], { cwd: folder });
  const why = ended
    ? `npm failed. Is there a network? It said:\n${ended.stderr.trim().slice(-1000)}`
    : "npm was not found. It comes with Node: install that from https://nodejs.org.";
  if (ended?.code !== 0) throw new CourseError(`Cannot install tslab: ${why}`);
}

/** Builds lib and the shared scripts as CommonJS, and lib's declarations for tslab's TypeScript. */
async function buildLib(sources: string[], home: string, folder: string): Promise<void> {
  const options = ["--quiet", "--format", "cjs", "--outdir", folder];
  const entries = [join(lib, "mod.ts"), ...shared];
  const bundled = deno(["bundle", "--config", join(root, "deno.json"), ...options, ...entries]); // in parallel
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
