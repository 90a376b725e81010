/** Runs a notebook's cells under a kernel. @module */
import { dirname } from "node:path";
import { count } from "../../lib/words.ts";
import { hasTag } from "../parameters/declaration.ts";
import { CellError, failureInWords } from "./cell_error.ts";
import { isNatsThere } from "./nats.ts";
import { Kernel, KernelLost } from "../kernel/client.ts";
import type { Published } from "../kernel/messages.ts";
import { deno, type KernelKind } from "../kernel/kernel.ts";
import type { Cell, CodeCell, Notebook } from "../notebook/notebook.ts";
import { type Displays, Outputs } from "../notebook/outputs.ts";

/** Options for running a notebook. */
export interface ExecuteOptions {
  /** The notebook's path: the kernel runs in its folder, and errors mention it. */
  path?: string;
  kernel?: KernelKind;
  /** The most seconds that a cell may run; 60 by default. */
  timeout?: number;
  /** Called when a cell starts and when it ends, with the number of finished cells and of all cells. */
  onCell?: (done: number, all: number) => void;
  /** Cancels the run when aborted, and throws its reason. */
  signal?: AbortSignal;
}

/** A notebook that has run. */
export interface Executed {
  notebook: Notebook;
  /** The total run time of the cells, in seconds. */
  seconds: number;
  /** A sentence about the cells that did not run because there is no NATS server. */
  note?: string;
}

/**
 * Runs all code cells in order and returns a copy of the notebook with their outputs. The same notebook gives the same bytes:
 * the copy contains neither times nor anything specific to this machine.
 *
 * The run continues after an error in a cell tagged `raises-exception`. A cell tagged `skip-execution` is left unchanged, and
 * so is one tagged `nats` if there is no NATS server.
 *
 * Throws a `CellError` if a cell throws, times out or ends its kernel.
 */
export async function executeNotebook(notebook: Notebook, options: ExecuteOptions = {}): Promise<Executed> {
  const { path = "notebook.ipynb", kernel: kind = deno, timeout = 60, onCell = () => {}, signal } = options;
  const needNats = notebook.cells.filter(isCode).filter((cell) => hasTag(cell, "nats"));
  const withoutNats = needNats.length > 0 && await isNatsThere() ? [] : needNats;
  const run = prepare(notebook, kind, withoutNats);
  let seconds = 0;
  let latest: Outputs | undefined;
  // Deno's kernel names the cell of a timer's output.
  const byCount = new Map<unknown, Outputs>(run.todo.map(({ count, outputs }) => [count, outputs]));
  const onMessage = (message: Published) => (byCount.get(message.metadata.cell) ?? latest)?.add(message);
  await using kernel = await Kernel.start(kind, { cwd: dirname(path), signal, onOther: onMessage });
  for (const { number, cell, count: execution, outputs } of run.todo) {
    latest = outputs;
    onCell(number - 1, notebook.cells.length);
    const fail = (reason: string, traceback?: string[]) =>
      new CellError(path, run.result(), number, reason, traceback);
    const started = performance.now();
    cell.execution_count = execution;
    const given = { number: execution, timeout, signal, onMessage };
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
  const left = withoutNats.length;
  const note = left > 0 ? `${count(left, "cell")} did not run: ${NO_NATS}` : undefined;
  return { notebook: run.result(), seconds, note };
}

const NO_NATS = "there is no NATS server. Earlier outputs are kept. Start one with deno task nats.";
const isCode = (cell: Cell): cell is CodeCell => cell.cell_type === "code";

/**
 * Returns the cells to run, each with its execution count and a collector of outputs, and a function that returns the copy.
 *
 * @param left cells that need a missing server: left unchanged, but counted, so that the other cells keep their counts
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
