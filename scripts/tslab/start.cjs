// Starts tslab's kernel for the course, as kernel/process.ts does; with `--prepare` it only prepares everything. It does
// what a learner would forget: it installs tslab where it is missing, and builds lib anew where it has changed.
"use strict";
const Module = require("node:module");
const path = require("node:path");
const { builtLib } = require("./build.cjs");
const { offerHost } = require("./host.cjs");
const { install } = require("./install.cjs");
const { startKernel } = require("./kernel.cjs");
const { home, Trouble } = require("./places.cjs");
const { mendTranslation } = require("./translate.cjs");

async function main(mode) {
  await install((sentence) => console.log(sentence));
  const folder = await builtLib();
  if (mode === "--prepare") return;
  resolvePackages(folder);
  mendTranslation({
    "@course/lib": [path.join(folder, "mod.d.ts")],
    "@nats-io/*": [path.join(home, "node_modules", "@nats-io", "*")],
  });
  offerHost();
  startKernel(require(path.join(folder, "refused.js")));
}

/** Resolves `@course/lib`, and what notebook 12 imports, from any folder. The compiler is told of them by its options. */
function resolvePackages(folder) {
  const resolve = Module._resolveFilename;
  Module._resolveFilename = (name, parent, isMain, options) =>
    name.startsWith("@nats-io/")
      ? resolve.call(Module, name, parent, isMain, { paths: [home] })
      : resolve.call(Module, name === "@course/lib" ? folder : name, parent, isMain, options);
}

main(process.argv[2]).catch((error) => {
  console.error(error instanceof Trouble ? error.message : error);
  process.exit(1);
});
