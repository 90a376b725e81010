/** Runs cells in a worker: each one in the surroundings that the cells above it leave. @module */
import { enterCell, flush, kept, listen, publish, sources, stackOf, tell, written } from "./engine.ts";
import * as lib from "@course/lib";
import { marks } from "./instead/async_hooks.ts";
import { CellSyntaxError, compile } from "./cell.ts";
import { type Cell, cells, dependents, lackOf, needsOf } from "./graph.ts";
import { replayData } from "../../../lib/replay/data.ts";
import { type Run, runsShown } from "../../../lib/run.ts";

/** What a page asks of its worker. */
export interface Asked {
  /** Every cell's source, and the number by which errors call it. */
  cells: { source: string; number: number }[];
  /** The values of parameters, in place of those that a cell declares. */
  values: Record<string, unknown>;
  /** The cell that declares the parameters; -1 where none does. */
  parameters: number;
  /** The cells that run only when they are asked for. */
  realTime: number[];
  /** The cells to run; what depends on them, or on a value that has changed, runs as well. */
  run: number[];
}

/** The page asks for the replay of a run that a cell shows. */
export interface ReplayAsked {
  replay: [cell: number, run: number];
}

/** A cell that takes longer lets those after it go first, unless they need it. */
const SLOW = 50;

const scope = globalThis as unknown as Record<string, unknown> & { importScripts(url: string): void };
const page = {
  ...marks,
  result: undefined as unknown,
  load(run: Cell["run"]) {
    program = run;
  },
};
/** The cell that was loaded last. */
let program: Cell["run"];
Object.defineProperty(scope, "$page", { value: page });
const modules: Record<string, object> = { "@course/lib": lib };
const { performance, URL, Blob } = globalThis;

let asked: Asked = { cells: [], values: {}, parameters: -1, realTime: [], run: [] };
const pending = new Set<number>();
let isRunning = false;

/** The runs of which each cell shows pictures, since it last began. */
const runs = new Map<number, Run[]>();
kept.keep = (cell, data) => {
  const run = runsShown.get(data);
  return run && runs.get(cell)!.push(run) - 1;
};

/** Compiles and loads a cell; one that cannot be compiled fails when it is run. */
function loaded(source: string, number: number): Cell {
  const cell = { source, number, took: 0 };
  try {
    const { script, ...names } = compile(source, `In[${number}]`);
    const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" })); // in place of eval
    scope.importScripts(url);
    URL.revokeObjectURL(url);
    return { ...cell, ...names, run: program };
  } catch (error) {
    return { ...cell, defines: [], uses: new Set(), imports: [], run: () => Promise.reject(error) };
  }
}

/** Takes in what has changed, and adds what has to run. */
function plan(next: Asked): void {
  const { parameters, run } = next;
  const changed = Object.keys({ ...asked.values, ...next.values })
    .filter((name) => asked.values[name] !== next.values[name]);
  const stale = new Set(run.flatMap((cell) => cells[cell] ? dependents(cell) : []));
  next.cells.forEach(({ source, number }, cell) => {
    if (cells[cell]?.source === source) return;
    cells[cell] = loaded(source, number);
  });
  asked = next;
  for (const cell of run.flatMap((cell) => dependents(cell))) stale.add(cell);
  if (parameters >= 0 && changed.length > 0) {
    cells[parameters].values = undefined;
    for (const cell of dependents(parameters, changed)) stale.add(cell);
  }
  for (const cell of stale) {
    if (!next.realTime.includes(cell)) pending.add(cell);
    else if (!run.includes(cell)) {
      tell({ kind: "skip", cell, why: "This cell takes its time: run it to see it with what has changed." });
    }
  }
  for (const cell of run) pending.add(cell);
  for (const cell of [...pending]) {
    for (const needed of needsOf(cell).keys()) if (!cells[needed].values) pending.add(needed);
  }
}

/** The next cell to run: the first one, but for slow ones that no other waits for. */
function next(): number {
  const order = [...pending].sort((a, b) => a - b);
  const isNeeded = (cell: number) => order.some((other) => needsOf(other).has(cell));
  return order.find((cell) => cells[cell].took < SLOW || isNeeded(cell)) ?? order[0];
}

async function runAll(): Promise<void> {
  if (isRunning) return;
  isRunning = true;
  while (pending.size > 0) {
    const cell = next();
    pending.delete(cell);
    const lacks = lackOf(cell);
    if (lacks) {
      tell({ kind: "skip", cell, why: `A page cannot run this cell: it has no ${lacks}.`, keeps: true });
    }
    if (lacks || !await run(cell)) {
      const why = `Not run: it needs cell ${cells[cell].number}, which ${
        lacks ? "a page cannot run" : "has failed"
      }.`;
      for (const other of dependents(cell)) {
        if (pending.delete(other)) tell({ kind: "skip", cell: other, why, keeps: lacks !== undefined });
      }
    }
    await new Promise<void>((go) => setTimeout(go)); // lets the page ask for something else
  }
  isRunning = false;
  tell({ kind: "idle" });
}

/** Runs a cell; returns false where it failed. */
async function run(number: number): Promise<boolean> {
  const cell = cells[number];
  const { defines, imports, run } = cell;
  const above = surroundings(number);
  const start = performance.now();
  enterCell(number);
  runs.set(number, []);
  sources.set(`In[${cell.number}]`, cell.source);
  tell({ kind: "start", cell: number });
  try {
    for (const name of defines) declare(name);
    for (const [from, name, as] of imports) scope[as] = imported(from, name);
    page.result = undefined;
    await run(); // by itself: stacks would name what it was a method of
    if (number === asked.parameters) Object.assign(scope, asked.values);
    cell.values = new Map(defines.map((name) => [name, scope[name]]));
    await showResult(page.result);
    flush();
    tell({ kind: "done", cell: number });
  } catch (error) {
    cell.values = undefined;
    flush();
    tell({ kind: "done", cell: number, error: described(error, number) });
  }
  for (const [name, values] of above) values.set(name, scope[name]); // a cell may set what another has declared
  cell.took = performance.now() - start;
  return cell.values !== undefined;
}

/** Gives every name the value that the cells above one have left, and takes away those of the cells below. */
function surroundings(number: number): Map<string, Map<string, unknown>> {
  const above = new Map<string, Map<string, unknown>>();
  for (const [index, { defines, values }] of cells.entries()) {
    for (const name of defines) {
      if (index >= number) {
        if (!above.has(name)) delete scope[name];
      } else if (values) above.set(name, values);
      else above.delete(name);
    }
  }
  for (const [name, values] of above) define(name, values.get(name));
  return above;
}

function define(name: string, value: unknown): void {
  Object.defineProperty(scope, name, { value, writable: true, configurable: true, enumerable: true });
}

/** Declares a name that has no value yet. */
function declare(name: string): void {
  Object.defineProperty(scope, name, {
    configurable: true,
    get() {
      throw new ReferenceError(`Cannot access '${name}' before initialization`);
    },
    set: (value) => define(name, value),
  });
}

function imported(from: string, name: string): unknown {
  const module = modules[from] as Record<string, unknown>;
  if (name === "*") return module;
  if (!(name in module)) throw new Error(`Cannot import ${name}: ${from} has nothing of this name.`);
  return module[name];
}

async function showResult(value: unknown): Promise<void> {
  if (value === undefined) return;
  const display = Object(value)[Symbol.for("Jupyter.display")];
  const data = display ? display.call(value) : { "text/plain": written(value) };
  await publish("execute_result", { data });
}

function described(
  error: unknown,
  cell: number,
): Extract<Parameters<typeof tell>[0], { kind: "done" }>["error"] {
  if (!(error instanceof Error)) return { name: "Uncaught", message: written(error), frames: "" };
  const linesOf = (cell: string) =>
    cells.find(({ number }) => String(number) === cell)?.source.split("\n").length ?? 0;
  const frames = [...stackOf(error).matchAll(/^\s*at .*?In\[(\d+)\]:(\d+)/gm)]
    .filter(([, cell, line]) => Number(line) <= linesOf(cell)); // the last line is compile()'s own
  const [, name] = error instanceof ReferenceError ? error.message.match(/^(\S+) is not defined$/) ?? [] : [];
  const below = cells.find(({ defines }, at) => at > cell && name && defines.includes(name));
  const line = error instanceof CellSyntaxError ? error.line : Number(frames[0]?.[2]) || undefined;
  return {
    name: error instanceof CellSyntaxError ? "SyntaxError" : error.name,
    message: error.message + (below ? `: cell ${below.number} defines it, which stands below this one` : ""),
    line,
    frames: frames.map(([frame]) => `\n    ${frame.trim().replace(/eval at .*?, /, "")}`).join(""),
  };
}

listen((message) => {
  const asked = message as Asked | ReplayAsked;
  if ("replay" in asked) {
    const [cell, run] = asked.replay;
    const found = runs.get(cell)?.[run];
    return tell({ kind: "replay", cell, run, replay: found && replayData(found) });
  }
  plan(asked);
  runAll();
});

// What most cells draw is drawn once beforehand, so that a control's first move is as quick as the next.
lib.baseline({ items: 2, seed: 1 }).then((run) => {
  for (const plot of [lib.timeline, lib.steps]) plot(run);
  lib.compare([run]);
});
