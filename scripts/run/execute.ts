/** Runs a notebook's cells under a kernel. @module */
import { dirname } from "node:path";
import { hasTag } from "../parameters/declaration.ts";
import { CellError, failureInWords } from "./cell_error.ts";
import { isNatsThere } from "./nats.ts";
import { Kernel, KernelLost } from "../kernel/client.ts";
import type { Published } from "../kernel/messages.ts";
import { deno, type KernelKind } from "../kernel/kernel.ts";
import type { Cell, CodeCell, Notebook } from "../notebook/notebook.ts";
import { type Displays, Outputs } from "../notebook/outputs.ts";

/** The options of a run. */
export interface ExecuteOptions {
  /** The path of the notebook: the kernel runs in its folder, and errors name it. */
  path?: string;
  kernel?: KernelKind;
  /** The most seconds that a cell may take; 60 by default. */
  timeout?: number;
  /** Called when a cell starts and when it ends, with the number of cells that are done, and that of all. */
  onCell?: (done: number, all: number) => void;
  /** Ends the run when aborted; its reason is thrown. */
  signal?: AbortSignal;
}

/** A notebook that has run. */
export interface Executed {
  notebook: Notebook;
  /** Kernel time of all cells, in seconds. */
  seconds: number;
  /** The cells tagged `nats`, where no such server was there: they are as they were. */
  withoutNats: CodeCell[];
}

/**
 * Runs all cells of code in order and returns the notebook with their outputs; the one given stays as it is. The same
 * notebook gives the same bytes: neither times nor anything of this machine is stored. After a cell tagged
 * `raises-exception` the run goes on, whatever the cell throws; one tagged `skip-execution` stays as it is, and so does one
 * tagged `nats` where there is no such server.
 *
 * Throws a `CellError` when a cell throws, takes too long or ends its kernel.
 */
export async function executeNotebook(notebook: Notebook, options: ExecuteOptions = {}): Promise<Executed> {
  const { path = "notebook.ipynb", kernel: kind = deno, timeout = 60, onCell = () => {}, signal } = options;
  const needNats = notebook.cells.filter(isCode).filter((cell) => hasTag(cell, "nats"));
  const withoutNats = needNats.length > 0 && await isNatsThere() ? [] : needNats;
  const run = prepare(notebook, kind, withoutNats);
  let seconds = 0;
  let latest: Outputs | undefined;
  /** Takes an output; of what a timer puts out, Deno's kernel says which cell has started it. */
  const byCount = new Map<unknown, Outputs>(run.todo.map(({ count, outputs }) => [count, outputs]));
  const onMessage = (message: Published) => (byCount.get(message.metadata.cell) ?? latest)?.add(message);
  await using kernel = await Kernel.start(kind, { cwd: dirname(path), signal, onOther: onMessage });
  for (const { number, cell, count, outputs } of run.todo) {
    latest = outputs;
    onCell(number - 1, notebook.cells.length);
    const fail = (reason: string, traceback?: string[]) =>
      new CellError(path, run.result(), number, reason, traceback);
    const started = performance.now();
    cell.execution_count = count;
    const given = { number: count, timeout, signal, onMessage };
    const reply = await kernel.execute(cell.source, given).catch((error) => {
      throw error instanceof KernelLost ? fail(error.message) : error;
    });
    seconds += (performance.now() - started) / 1000;
    if (reply.status !== "ok" && !hasTag(cell, "raises-exception")) {
      throw fail(failureInWords(reply), reply.traceback);
    }
    if (outputs.malformed) throw fail(`it shows what no notebook can hold: ${outputs.malformed}`);
    onCell(number, notebook.cells.length);
  }
  await kernel.rest();
  signal?.throwIfAborted();
  return { notebook: run.result(), seconds, withoutNats };
}

const isCode = (cell: Cell): cell is CodeCell => cell.cell_type === "code";

/**
 * A copy of the notebook without outputs, and its cells to run, each with its execution count, and a collector of outputs.
 *
 * @param left the cells that need a server: they stay as they are, and are counted, so that no other cell changes
 */
function prepare(notebook: Notebook, { name, displayName, language }: KernelKind, left: Cell[]) {
  const displays: Displays = new Map();
  const copy = structuredClone(notebook);
  let count = 0;
  const todo = copy.cells.flatMap((cell, at) => {
    if (!isCode(cell) || hasTag(cell, "skip-execution")) return [];
    const isEmpty = cell.source.trim() === "";
    if (!isEmpty) count++;
    if (left.includes(notebook.cells[at])) return [];
    delete cell.metadata.execution;
    Object.assign(cell, { outputs: [], execution_count: null });
    return isEmpty ? [] : [{ number: at + 1, cell, count, outputs: new Outputs(displays) }];
  });
  const kernelspec = { display_name: displayName, language: language.name, name };
  Object.assign(copy.metadata, { kernelspec, language_info: language });
  const result = (): Notebook => {
    for (const { cell, outputs } of todo) cell.outputs = outputs.toJSON();
    return structuredClone(copy);
  };
  return { todo, result };
}
