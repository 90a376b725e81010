"use strict";
const { createRequire } = require("node:module");
const path = require("node:path");

/** Requires what npm has installed with tslab, whose own parts lie under it, in the folder that `start.cjs` is told. */
const parts = createRequire(path.join(process.argv[2], "node_modules", "tslab", "package.json"));

/** Requires what prepare.ts has built of our own scripts. */
const ours = (name) => require(path.join(process.argv[3], "scripts", `${name}.js`));

module.exports = { ours, parts };
