// Starts tslab's kernel for the course: `node start.cjs CONNECTION_FILE`, which is what Jupyter calls. With
// `--prepare` in place of the file it only sees to it that all is there. It does what a learner would forget: it
// installs tslab where it is missing, and builds lib anew where it has changed.
"use strict";
const Module = require("node:module");
const path = require("node:path");
const vm = require("node:vm");
const { builtLib } = require("./build.cjs");
const { install } = require("./install.cjs");
const { parts, Trouble } = require("./places.cjs");
const { spellOut } = require("./shorthand.cjs");
const { mendSockets } = require("./sockets.cjs");

const NAME = "@course/lib";
const CALLING = Symbol.for("course.calling");

async function main([file]) {
  install((sentence) => console.error(sentence));
  const folder = await builtLib();
  if (file === "--prepare") return;
  resolveLib(folder);
  mendSockets();
  offerDisplay();
  seeShorthands();
  parts("tslab/dist/main.js").startKernel({ configPath: file, enableFindLocal: false });
}

/** Has `@course/lib` found from any folder, by Node and by tslab's compiler, as if it were in `node_modules` there. */
function resolveLib(folder) {
  const resolve = Module._resolveFilename;
  Module._resolveFilename = (name, ...rest) => resolve.call(Module, name === NAME ? folder : name, ...rest);

  const { sys } = parts("@tslab/typescript-for-tslab");
  const inside = path.join(process.cwd(), "node_modules", NAME).replaceAll("\\", "/");
  const there = (it) => it === inside || it.startsWith(`${inside}/`) ? folder + it.slice(inside.length) : it;
  for (const method of ["fileExists", "directoryExists", "readFile", "watchFile"]) {
    const original = sys[method];
    sys[method] = (it, ...rest) => original.call(sys, there(it), ...rest);
  }
  const { directoryExists } = sys;
  sys.directoryExists = (it) => it === path.posix.dirname(inside) || directoryExists(it);
}

/** What lib/display.ts uses in place of tslab's own display, which sends one representation, not several of one thing. */
function offerDisplay() {
  const call = new vm.Script('globalThis[Symbol.for("course.calling")]()');
  const jupyter = parts("tslab/dist/jupyter.js");
  globalThis[Symbol.for("course.kernel")] = {
    // deno-lint-ignore require-await
    async broadcast(type, content) {
      jupyter.lastWriteDisplayData(content, type === "update_display_data");
    },
    interruptibly(main, error) {
      const outer = globalThis[CALLING];
      globalThis[CALLING] = main;
      try {
        return call.runInThisContext({ breakOnSigint: true });
      } catch (thrown) {
        throw thrown?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED" ? error() : thrown;
      } finally {
        globalThis[CALLING] = outer;
      }
    },
  };
}

/** tslab does not see that `{ speed }` means the `speed` of another cell. */
function seeShorthands() {
  const converter = parts("tslab/dist/converter.js");
  const { createConverter } = converter;
  const ts = parts("@tslab/typescript-for-tslab");
  converter.createConverter = (options) => {
    const made = createConverter(options);
    return { ...made, convert: (before, source) => made.convert(before, spellOut(ts, source)) };
  };
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Trouble ? error.message : error);
  process.exit(1);
});
