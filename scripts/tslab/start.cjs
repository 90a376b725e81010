// Starts tslab's kernel for the course: `node start.cjs TSLAB LIB`, with the two folders from prepare.ts.
"use strict";
const Module = require("node:module");
const path = require("node:path");
const { startKernel } = require("./kernel.cjs");
const { mendTranslation } = require("./translate.cjs");

const [, , home, built] = process.argv;
const lib = path.join(built, "lib", "mod");

// Resolves `@course/lib` and notebook 12's packages from any folder, for Node here and for the compiler below.
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
