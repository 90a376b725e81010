// Starts tslab's kernel for the course, as kernel/process.ts does: `node start.cjs TSLAB LIB`, with the folders that
// prepare.ts has made.
"use strict";
const Module = require("node:module");
const path = require("node:path");
const { startKernel } = require("./kernel.cjs");
const { mendTranslation } = require("./translate.cjs");

const [, , home, built] = process.argv;
const lib = path.join(built, "lib", "mod");

// `@course/lib`, and what notebook 12 imports, are found from any folder; the compiler is told of them by its options.
const resolve = Module._resolveFilename;
Module._resolveFilename = (name, parent, isMain, options) =>
  name.startsWith("@nats-io/")
    ? resolve.call(Module, name, parent, isMain, { paths: [home] })
    : resolve.call(Module, name === "@course/lib" ? lib : name, parent, isMain, options);
mendTranslation({
  "@course/lib": [`${lib}.d.ts`],
  "@nats-io/*": [path.join(home, "node_modules", "@nats-io", "*")],
});
startKernel();
