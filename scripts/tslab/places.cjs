// The places of things: the project's own, and what npm has put into its hidden folder.
"use strict";
const { createRequire } = require("node:module");
const path = require("node:path");

const root = path.join(__dirname, "..", "..");
const lib = path.join(root, "lib");
const parameters = path.join(root, "scripts", "parameters");
const home = path.join(root, ".kernels", "tslab");
const packages = path.join(home, "lib");
/** Requires what npm has installed there; tslab's own parts lie under it. */
const parts = (name) => createRequire(path.join(home, "node_modules", "tslab", "package.json"))(name);

/** An error that is printed as a sentence, without a stack. */
class Trouble extends Error {}

module.exports = { root, lib, parameters, home, packages, parts, Trouble };
