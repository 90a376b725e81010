// Installs what package-lock.json here names, tslab among it, into the project's hidden folder, by the npm that
// comes with Node; only where it is not there yet, or the lock has changed.
"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { home, makeFolder, Trouble } = require("./places.cjs");

const lists = ["package.json", "package-lock.json"];

function isInstalled() {
  return fs.existsSync(path.join(home, "node_modules", "tslab")) &&
    lists.every((name) => read(path.join(home, name)) === read(path.join(__dirname, name)));
}

/** Installs tslab if it is missing or outdated. @param say is called with a sentence before that, since it takes long */
function install(say) {
  return makeFolder(home, isInstalled, (draft) => {
    say("Installing tslab into .kernels/tslab; this is done once…");
    for (const name of lists) fs.copyFileSync(path.join(__dirname, name), path.join(draft, name));
    npm(draft);
  });
}

function npm(cwd) {
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const shell = process.platform === "win32";
  const { error, status, stderr } = spawnSync("npm", args, { cwd, shell, encoding: "utf8" });
  const why = error
    ? `npm was not found (${error.message}). It comes with Node: install that from https://nodejs.org.`
    : `npm failed. Is there a network? It said:\n${stderr.trim().slice(-1000)}`;
  if (status !== 0) throw new Trouble(`Cannot install tslab: ${why}`);
}

function read(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
}

module.exports = { install };
