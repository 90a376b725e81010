/** Runs cells in a worker: each one in the surroundings that the cells above it leave. @module */
import { listen, now, sources, stackOf, tell, written } from "./engine.ts";
import * as lib from "@course/lib";
import { marks } from "./instead/async_hooks.ts";
import { compile, namesIn } from "./cell.ts";
import { type Cell, cells, dependents, type Given, lackOf, needsOf } from "./graph.ts";
import { host } from "../../../lib/host/host.ts";
import { replayData } from "../../../lib/replay/data.ts";
import { runsShown } from "../../../lib/run.ts";
import { storable } from "../../parameters/type.ts";
import type { MimeBundle } from "../../notebook/nbformat.ts";

/**
 * The requests of a page to its worker: all cells, in order, and those of them to run; what depends on them, or on a value
 * that has changed, runs as well.
 */
export type Asked = { cells: Given[]; run: number[] };

const scope = globalThis as unknown as Record<string, unknown> & { importScripts(url: string): void };
const { URL, Blob } = globalThis;
const { getOwnPropertyDescriptors, defineProperties } = Object;

/** The functions that a cell's script calls, the cell that was loaded last, and what it has left behind. */
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
    const module: Record<string, unknown> = { ...lib, "*": lib }; // a cell that needs another module does not run
    if (Object.hasOwn(module, name)) return module[name];
    throw new Error(`Cannot import ${name}: ${from} has nothing of this name.`);
  },
};
Object.defineProperty(scope, "$page", { value: page });

const pending = new Set<number>();
let isRunning = false;

/** Compiles and loads a cell; one that cannot be compiled fails when it is run. */
function loaded(given: Given): Cell {
  const none: string[] = [];
  try {
    const { script, ...program } = compile(given.source, `In[${given.number}]`);
    const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" })); // in place of eval
    scope.importScripts(url);
    URL.revokeObjectURL(url);
    return { ...given, ...program, run: page.run };
  } catch (error) {
    const parts = { defines: namesIn(given.source), constants: none, functions: none, modules: none };
    return { ...given, ...parts, uses: new Set(), run: () => Promise.reject(error) };
  }
}

/** Takes in what has changed, and adds what has to run. */
function plan({ cells: given, run }: Asked): void {
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
    else skip(cell, "This cell takes its time: run it to see it with what has changed.");
  }
  for (const cell of run) pending.add(cell);
  for (const cell of pending) {
    for (const needed of needsOf(cell).keys()) if (!cells[needed].names) pending.add(needed);
    tell({ kind: "wait", cell });
  }
}

/** The names whose values are not the same. */
function differing(one: Given["values"], other: Given["values"]): string[] {
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
    await new Promise<void>((go) => setTimeout(go)); // lets the page ask for something else
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
    await run(); // by itself: stacks would name what it was a method of
    const values = getOwnPropertyDescriptors(cell.values);
    defineProperties(scope, values);
    // A property is read faster than an accessor, and nothing can be assigned to it.
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

/** Lets the functions of cells above the one that runs call what a name means there, where one of them defined it first. */
function redefine(name: string): void {
  for (const { functions, variables } of cells.slice(0, now.cell)) {
    if (functions.includes(name)) variables?.[name].set?.(scope[name]);
  }
}

/** Shows a thing below the cell. */
function publish(data: MimeBundle, id?: string): void {
  const shown = runsShown.get(data);
  const output = { output_type: "display_data", data, metadata: {} } as const;
  tell({ kind: "output", cell: now.cell, output, id, replay: shown && replayData(...shown) });
}
host.broadcast = (_type, { data, transient }) =>
  Promise.resolve(publish(data as unknown as MimeBundle, transient.display_id));

/** Tells an error below its cell, with the lines of cells on its stack. */
function tellError(error: unknown, cell: number): void {
  const other = { name: "Uncaught", message: written(error, 1) };
  const thrown: Error & { line?: number } = error instanceof Error ? error : other;
  const frames = stackOf(thrown).matchAll(/^\s*(at .*?In\[\d+\]:\d+.*)/gm);
  const places = Array.from(frames, ([, place]) => place.replace(/eval at .*?, /, ""));
  // What could not be compiled has no frames, but a line; and how cells are loaded is not the learner's concern.
  if (thrown.line && places.length === 0) places.push(`at line ${thrown.line}`);
  const message = thrown.message.replace(/^.*'importScripts'.*?: | of object '#<DedicatedWorker.*/g, "");
  const [, unknown = ""] = message.match(/^(\S+) is not defined$/) ?? [];
  const below = cells.find(({ defines }, at) => at > cell && defines.includes(unknown));
  const hint = below ? `: cell ${below.number} defines it, which stands below this one` : "";
  const [ename, evalue] = [thrown.name, message + hint];
  const traceback = [[`${ename}: ${evalue}`, ...places].join("\n    ")];
  tell({ kind: "output", cell, output: { output_type: "error", ename, evalue, traceback } });
}

listen((asked) => {
  plan(asked as Asked);
  runAll();
});

// What most cells draw is drawn once beforehand, so that a control's first move is as quick as the next.
lib.baseline({ items: 2, seed: 1 }).then((run) => [lib.timeline(run), lib.steps(run), lib.compare([run])]);
