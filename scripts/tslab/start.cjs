// Starts tslab's kernel for the course, as kernel/process.ts does; with `--prepare` it only prepares everything. It does
// what a learner would forget: it installs tslab where it is missing, and builds lib anew where it has changed.
"use strict";
const Module = require("node:module");
const path = require("node:path");
const { builtLib } = require("./build.cjs");
const { offerHost } = require("./host.cjs");
const { install } = require("./install.cjs");
const { startKernel } = require("./kernel.cjs");
const { home, parts, Trouble } = require("./places.cjs");
const { mendTranslation } = require("./translate.cjs");

const [LIB, NATS] = ["@course/lib", "@nats-io"];

async function main(mode) {
  await install((sentence) => console.log(sentence));
  const folder = await builtLib();
  if (mode === "--prepare") return;
  const ts = parts("@tslab/typescript-for-tslab");
  resolvePackages(ts, folder);
  mendTranslation(ts);
  offerHost();
  startKernel(require(path.join(folder, "refused.js")));
}

/**
 * Resolves `@course/lib`, and what notebook 12 imports, from any folder, for Node and for tslab's compiler, as if it were in
 * `node_modules` there.
 */
function resolvePackages({ sys }, folder) {
  const resolve = Module._resolveFilename;
  Module._resolveFilename = (name, parent, isMain, options) =>
    name.startsWith(`${NATS}/`)
      ? resolve.call(Module, name, parent, isMain, { paths: [home] })
      : resolve.call(Module, name === LIB ? folder : name, parent, isMain, options);

  const inside = path.join(process.cwd(), "node_modules").replaceAll("\\", "/");
  const places = [[`${inside}/${LIB}`, folder], [`${inside}/${NATS}`, path.join(home, "node_modules", NATS)]];
  const there = (it) => {
    const [from, to] = places.find(([from]) => it === from || it.startsWith(`${from}/`)) ?? ["", ""];
    return to + it.slice(from.length);
  };
  for (const method of ["fileExists", "directoryExists", "readFile", "watchFile"]) {
    const original = sys[method];
    sys[method] = (it, ...rest) => original.call(sys, there(it), ...rest);
  }
  const { directoryExists } = sys;
  const parents = [inside, path.posix.dirname(places[0][0])];
  sys.directoryExists = (it) => parents.includes(it) || directoryExists(it);
}

main(process.argv[2]).catch((error) => {
  console.error(error instanceof Trouble ? error.message : error);
  process.exit(1);
});
