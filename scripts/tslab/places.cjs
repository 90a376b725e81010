// The places of things: the project's own, and what npm has put into its hidden folder.
"use strict";
const { randomUUID } = require("node:crypto");
const fs = require("node:fs");
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

/** Has `make` fill a folder aside, which then takes its place, unless another process was faster. */
async function makeFolder(folder, isThere, make) {
  if (isThere()) return;
  const draft = `${folder}-draft-${randomUUID()}`, old = `${draft}-old`;
  try {
    fs.mkdirSync(draft, { recursive: true });
    await make(draft);
    if (isThere()) return;
    if (fs.existsSync(folder)) fs.renameSync(folder, old);
    fs.renameSync(draft, folder);
  } catch (error) {
    if (!isThere()) throw error;
  } finally {
    for (const rest of [draft, old]) fs.rmSync(rest, { recursive: true, force: true });
  }
}

module.exports = { home, lib, makeFolder, packages, parameters, parts, Trouble };
