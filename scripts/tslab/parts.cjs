"use strict";
const { createRequire } = require("node:module");
const path = require("node:path");

/** Requires tslab's modules, or its dependencies, from the first folder given to `start.cjs`. */
const parts = createRequire(path.join(process.argv[2], "node_modules", "tslab", "package.json"));

/** Requires those of our own scripts that prepare.ts has built. */
const ours = (name) => require(path.join(process.argv[3], "scripts", `${name}.js`));

module.exports = { ours, parts };
