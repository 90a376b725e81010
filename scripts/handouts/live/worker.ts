/** Runs cells in a worker, each with the names that the cells above it define. @module */
import { listen, now, sources, stackOf, tell, written } from "./engine.ts";
import * as lib from "@course/lib";
import { marks } from "./instead/async_hooks.ts";
import { compile, namesIn } from "./cell.ts";
import { type Cell, cells, dependents, lackOf, needsOf, type PageCell } from "./graph.ts";
import { host } from "../../../lib/host/host.ts";
import { replayData } from "../../../lib/replay/data.ts";
import { runsShown } from "../../../lib/run.ts";
import { storable } from "../../parameters/type.ts";
import type { MimeBundle } from "../../notebook/nbformat.ts";

/**
 * A page's request to its worker: all cells, in order, and the indices of those to run. What depends on them, or on a value
 * that has changed, runs as well.
 */
export type RunRequest = { cells: PageCell[]; run: number[] };

const scope = globalThis as unknown as Record<string, unknown> & { importScripts(url: string): void };
const { URL, Blob } = globalThis;
const { getOwnPropertyDescriptors, defineProperties } = Object;

/** The functions that scripts of cells call, and the function, result and names of the script that called last. */
const page = {
  ...marks,
  run: undefined as unknown as Cell["run"],
  result: undefined as unknown,
  names: {} as PropertyDescriptorMap,
  load: (run: Cell["run"]) => page.run = run,
  define(names: object) {
    page.names = getOwnPropertyDescriptors(names);
    defineProperties(scope, page.names);
    cells[now.cell].functions.forEach(redefine);
  },
  imported(from: string, name: string): unknown {
    const module: Record<string, unknown> = { ...lib, "*": lib }; // cells that need another module do not run
    if (Object.hasOwn(module, name)) return module[name];
    throw new Error(`Cannot import ${name}: ${from} does not export it.`);
  },
};
Object.defineProperty(scope, "$page", { value: page });

const pending = new Set<number>();
let isRunning = false;

/** Compiles and loads a cell; one that cannot be compiled fails when it is run. */
function loaded(given: PageCell): Cell {
  const none: string[] = [];
  try {
    const { script, ...program } = compile(given.source, `In[${given.number}]`);
    const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" })); // the page's policy forbids eval
    scope.importScripts(url);
    URL.revokeObjectURL(url);
    return { ...given, ...program, run: page.run };
  } catch (error) {
    const parts = { defines: namesIn(given.source), constants: none, functions: none, modules: none };
    return { ...given, ...parts, uses: new Set(), run: () => Promise.reject(error) };
  }
}

/** Loads the cells that have changed, and adds those that have to run to the pending ones. */
function plan({ cells: given, run }: RunRequest): void {
  const below = () => run.flatMap((cell) => dependents(cell));
  const before = below();
  const changed = given.map(({ values }, at) => differing(cells[at]?.values ?? {}, values));
  given.forEach((it, at) => {
    if (cells[at]?.source !== it.source) cells[at] = loaded(it);
    else if (changed[at].length > 0) Object.assign(cells[at], { values: it.values, names: undefined });
  });
  const others = changed.flatMap((names, at) => names.length > 0 ? dependents(at, names) : []);
  for (const cell of new Set([...before, ...below(), ...others]).difference(new Set(run))) {
    if (!cells[cell].takesTime) pending.add(cell);
    else skip(cell, "This cell runs in real time: run it to see the change.");
  }
  for (const cell of run) pending.add(cell);
  for (const cell of pending) {
    for (const needed of needsOf(cell).keys()) if (!cells[needed].names) pending.add(needed);
    tell({ kind: "wait", cell });
  }
}

/** The names whose values differ. */
function differing(one: PageCell["values"], other: PageCell["values"]): string[] {
  const [before, now] = [one, other].map((of) => (name: string) => JSON.stringify(of[name], storable));
  return Object.keys({ ...one, ...other }).filter((name) => before(name) !== now(name));
}

const skip = (cell: number, why: string, keeps = false) => tell({ kind: "skip", cell, why, keeps });

async function runAll(): Promise<void> {
  if (isRunning) return;
  isRunning = true;
  while (pending.size > 0) {
    const cell = Math.min(...pending);
    pending.delete(cell);
    const lacks = lackOf(cell);
    const keeps = lacks !== undefined;
    if (lacks) skip(cell, `A page cannot run this cell: it has no ${lacks}.`, keeps);
    if (lacks || !await run(cell)) {
      const because = lacks ? "a page cannot run" : "has failed";
      const why = `Not run: it needs cell ${cells[cell].number}, which ${because}.`;
      for (const other of dependents(cell)) if (pending.delete(other)) skip(other, why, keeps);
    }
    await new Promise<void>((go) => setTimeout(go)); // lets the page's next request in
  }
  isRunning = false;
  tell({ kind: "idle" });
}

/** Runs a cell, with the names of the cells above it and no others; returns false where it failed. */
async function run(at: number): Promise<boolean> {
  const cell = cells[at];
  const { source, number, run } = cell;
  for (const name of cells.flatMap(({ defines }) => defines)) Reflect.deleteProperty(scope, name);
  for (const { names } of cells.slice(0, at)) defineProperties(scope, names ?? {});
  cell.names = undefined;
  Object.assign(now, { cell: at, characters: 0 });
  for (const { functions } of cells.slice(0, at)) functions.forEach(redefine);
  sources.set(`In[${number}]`, source);
  tell({ kind: "start", cell: at });
  try {
    page.result = undefined;
    await run(); // not as a method: stack traces would name its object
    const values = getOwnPropertyDescriptors(cell.values);
    defineProperties(scope, values);
    // A plain property is faster to read than an accessor, and is read-only.
    const constants = cell.constants.map((name) => [name, { value: scope[name], configurable: true }]);
    cell.variables = page.names;
    cell.names = { ...page.names, ...values, ...Object.fromEntries(constants) };
    const { result } = page;
    const display = Object(result)[Symbol.for("Jupyter.display")];
    const data = display ? display.call(result) : { "text/plain": written(result, 1) };
    if (result !== undefined && result !== null) publish(data);
  } catch (error) {
    cell.names = undefined;
    tellError(error, at);
  }
  tell({ kind: "done", cell: at });
  return cell.names !== undefined;
}

/** Points the functions of cells above to the newest definition of a function that one of them defined first. */
function redefine(name: string): void {
  for (const { functions, variables } of cells.slice(0, now.cell)) {
    if (functions.includes(name)) variables?.[name].set?.(scope[name]);
  }
}

/** Shows an output below the running cell. */
function publish(data: MimeBundle, id?: string): void {
  const shown = runsShown.get(data);
  const output = { output_type: "display_data", data, metadata: {} } as const;
  tell({ kind: "output", cell: now.cell, output, id, replay: shown && replayData(...shown) });
}
host.broadcast = (_type, { data, transient }) =>
  Promise.resolve(publish(data as unknown as MimeBundle, transient.display_id));

/** Shows an error below its cell, with the frames of its stack that lie in cells. */
function tellError(error: unknown, cell: number): void {
  const other = { name: "Uncaught", message: written(error, 1) };
  const thrown: Error & { line?: number } = error instanceof Error ? error : other;
  const frames = stackOf(thrown).matchAll(/^\s*(at .*?In\[\d+\]:\d+.*)/gm);
  const places = Array.from(frames, ([, place]) => place.replace(/eval at .*?, /, ""));
  // A syntax error has a line in place of frames. How cells are loaded is no concern of the learner's.
  if (thrown.line && places.length === 0) places.push(`at line ${thrown.line}`);
  const message = thrown.message.replace(/^.*'importScripts'.*?: | of object '#<DedicatedWorker.*/g, "");
  const [, unknown = ""] = message.match(/^(\S+) is not defined$/) ?? [];
  const below = cells.find(({ defines }, at) => at > cell && defines.includes(unknown));
  const hint = below ? `: cell ${below.number}, below this one, defines it` : "";
  const [ename, evalue] = [thrown.name, message + hint];
  const traceback = [[`${ename}: ${evalue}`, ...places].join("\n    ")];
  tell({ kind: "output", cell, output: { output_type: "error", ename, evalue, traceback } });
}

listen((asked) => {
  plan(asked as RunRequest);
  runAll();
});

// Draws what most cells draw, to warm up: the first move of a control is as fast as the next ones.
lib.baseline({ items: 2, seed: 1 }).then((run) => [lib.timeline(run), lib.steps(run), lib.compare([run])]);
