// Adapts tslab's translation of cells to the course, and maps places in stack traces from tslab's code back to the cells, as
// under Deno: `In[3]:2:5`.
"use strict";
const { SourceMap } = require("node:module");
const { ours, parts } = require("./parts.cjs");

const { titleOf } = ours("kernel/pipe");
const { parse } = JSON; // cells may replace it
const INSIDES = /^\s+at .*(?:node:|[\\/](?:node_modules|\.kernels|tslab)[\\/])/;
const INLINE = /\n\/\/# sourceMappingURL=data:application\/json;base64,(\S+)/;
/** Cells by number: their sources, and the source maps of tslab's two translations, the last one first. */
const cells = [];
/** The number of the cell that is translated or runs, set by kernel.cjs. */
const running = { number: undefined };

/** Patches the compiler, before tslab loads it, and tslab's calls to it; `paths` are the locations of packages. */
function mendTranslation(paths) {
  const ts = parts("@tslab/typescript-for-tslab");
  const module = Object.values(require.cache).find(({ exports }) => exports === ts);
  module.exports = {
    ...ts,
    createWatchCompilerHost(files, options, ...rest) {
      const host = ts.createWatchCompilerHost(files, { ...options, inlineSourceMap: true, paths }, ...rest);
      const { setTimeout } = host;
      // tslab can hold only one timer; this one, set for a new folder in node_modules, would make every later cell fail.
      host.setTimeout = (call, ...rest) =>
        call.name === "invalidateResolutionsOfFailedLookup" ? void call() : setTimeout(call, ...rest);
      return host;
    },
    transpileModule(script, options) {
      const inline = parse(atob(INLINE.exec(script)?.[1] ?? "bnVsbA=="));
      const isCell = inline?.sources[0].includes("__tslab__");
      const compilerOptions = { ...options.compilerOptions, sourceMap: isCell };
      const output = ts.transpileModule(script.replace(INLINE, ""), { ...options, compilerOptions });
      if (!isCell) return output;
      const maps = [parse(output.sourceMapText), inline].map((map) => new SourceMap(map));
      cells[running.number].maps = maps;
      const outputText = output.outputText.replace(/\n\/\/# sourceMappingURL=.*/, "");
      return { ...output, outputText: `${outputText}\n//# sourceURL=In[${running.number}]` };
    },
  };
  const converter = parts("tslab/dist/converter.js");
  const { createConverter } = converter;
  converter.createConverter = (options) => {
    const original = createConverter(options);
    const convert = (before, source) => {
      cells[running.number] = { source };
      return { ...original.convert(before, expanded(ts, source)), hasToplevelAwait: true }; // then tslab allows its run to be deferred
    };
    return { ...original, convert };
  };
  Error.prepareStackTrace = (error, sites) => {
    const own = sites.map((site) => `    at ${site}`).filter((frame) => !INSIDES.test(frame));
    return [titleOf(error), ...own.map((frame) => frame.replace(/In\[(\d+)\]:(\d+):(\d+)/, placeInCell))]
      .join("\n");
  };
}

function placeInCell(place, number, ...position) {
  let [line, column] = position.map((it) => it - 1);
  for (const map of cells[number]?.maps ?? []) {
    const { originalLine, originalColumn } = map.findEntry(line, column);
    if (originalLine === undefined) return place;
    [line, column] = [originalLine, originalColumn];
  }
  return `In[${number}]:${line}:${column + 1}`; // tslab adds a line in front
}

/** Expands `{ speed }` to `{ speed: speed }`: in the short form, tslab does not find the `speed` of another cell. */
function expanded(ts, source) {
  const names = [];
  const visit = (node) => {
    if (ts.isShorthandPropertyAssignment(node) && !node.objectAssignmentInitializer) names.push(node.name);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022));
  return names.reduceRight(
    (text, { end, text: name }) => `${text.slice(0, end)}: ${name}${text.slice(end)}`,
    source,
  );
}

/** The source of a cell, by its name in stack traces. */
const sourceOf = (name) => cells[/^In\[(\d+)\]$/.exec(name)?.[1]]?.source;

module.exports = { mendTranslation, running, sourceOf };
