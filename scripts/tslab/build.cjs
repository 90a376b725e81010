// Builds lib, which Deno reads as it is, into a package for tslab: JavaScript (CommonJS) and declarations that its
// TypeScript 5.0 can read; and beside it what checks the values of parameters. A package's folder is named for what it
// was built from, so that it is built once and never changed while a kernel reads it.
"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { home, lib, makeFolder, packages, parameters, parts } = require("./places.cjs");

/** The milliseconds for which an older package is kept: kernels may still read it. */
const KEPT = 24 * 60 * 60 * 1000;

/** Returns the folder of the package built from lib as it is now; builds it if it is not there yet. */
async function builtLib() {
  const files = sources();
  const folder = path.join(packages, hash(files));
  const declared = files.filter((file) => file.startsWith(lib) && /\.tsx?$/.test(file));
  await makeFolder(folder, () => fs.existsSync(folder), (draft) => build(declared, draft));
  return folder;
}

function sources() {
  const all = [lib, parameters].flatMap((folder) =>
    fs.readdirSync(folder, { recursive: true }).map((name) => path.join(folder, name))
  );
  const isSource = (file) => /\.(tsx?|js|css)$/.test(file) && !/_test\.tsx?$|\btestdata\b/.test(file);
  return all.filter((file) => isSource(path.relative(lib, file))).sort();
}

function hash(files) {
  const sum = createHash("sha256");
  for (const file of [...files, __filename, path.join(__dirname, "package-lock.json")]) {
    sum.update(path.relative(lib, file)).update("\0").update(fs.readFileSync(file)).update("\0");
  }
  return sum.digest("hex").slice(0, 16);
}

async function build(files, folder) {
  const bundled = bundle(folder); // in a process of its own, meanwhile
  bundled.catch(() => {});
  declare(files, folder);
  await bundled;
  const json = { name: "@course/lib", main: "index.js", types: "mod.d.ts" };
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify(json));
  for (const name of fs.readdirSync(packages)) {
    const old = path.join(packages, name);
    if (Date.now() - fs.statSync(old).mtimeMs > KEPT) fs.rmSync(old, { recursive: true });
  }
}

function bundle(outdir) {
  return parts("esbuild").build({
    entryPoints: { index: path.join(lib, "mod.ts"), refused: path.join(parameters, "refused.ts") },
    outdir,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    nodePaths: [path.join(home, "node_modules")],
    external: ["canvas"], // linkedom's, and not needed
    logLevel: "silent",
  });
}

function declare(files, folder) {
  const ts = parts("@tslab/typescript-for-tslab");
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
    outDir: folder,
  });
  const { diagnostics: [problem] } = program.emit(undefined, undefined, undefined, true);
  if (!problem) return;
  const { file, messageText } = problem;
  throw new Error(`${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
}

module.exports = { builtLib };
