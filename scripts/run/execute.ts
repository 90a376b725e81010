/** Runs a notebook's cells under a kernel. @module */
import { dirname } from "node:path";
import { hasTag } from "../parameters/declaration.ts";
import { CellError, failureInWords } from "./cell_error.ts";
import { isNatsThere } from "./nats.ts";
import { CellTimeout, Kernel, KernelDied } from "../kernel/client.ts";
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
  const needNats = notebook.cells.flatMap((cell) =>
    cell.cell_type === "code" && hasTag(cell, "nats") ? [cell] : []
  );
  const withoutNats = needNats.length > 0 && await isNatsThere() ? [] : needNats;
  const left = ["skip-execution", ...withoutNats.length > 0 ? ["nats"] : []];
  const run = prepare(notebook, kind, left);
  let seconds = 0;
  let latest: Outputs | undefined;
  /** Takes an output; of what a timer puts out, Deno's kernel says which cell has started it. */
  const take = (message: Published) =>
    (run.todo[Number(message.metadata.cell) - 1]?.outputs ?? latest)?.add(message);
  await using kernel = await Kernel.start(kind, { cwd: dirname(path), signal, onOther: take });
  for (const { number, cell, outputs, executionCount } of run.todo) {
    latest = outputs;
    onCell(number - 1, notebook.cells.length);
    const fail = (reason: string, traceback?: string[]) =>
      new CellError(path, run.result(), number, reason, traceback);
    const started = performance.now();
    cell.execution_count = executionCount;
    const reply = await kernel.execute(cell.source, { timeout, signal, onMessage: take }).catch((error) => {
      if (error instanceof CellTimeout) {
        const why = error.isWaiting ? "an await that nothing fulfils" : "a loop that does not end";
        throw fail(`${error.message}; look for ${why}, or give it more with --timeout`);
      }
      throw error instanceof KernelDied ? fail(error.message) : error;
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

/**
 * A copy of the notebook without outputs, and its cells to run, with a collector of outputs for each.
 *
 * @param left the tags of cells that stay as they are
 */
function prepare(notebook: Notebook, { name, displayName, language, frontName }: KernelKind, left: string[]) {
  const isToRun = (cell: Cell): cell is CodeCell =>
    cell.cell_type === "code" && !left.some((tag) => hasTag(cell, tag));
  const displays: Displays = new Map();
  const cells = structuredClone(notebook.cells).map((cell) => isToRun(cell) ? withoutRun(cell) : cell);
  let executionCount = 0;
  const todo = cells.flatMap((cell, index) => {
    if (cell.cell_type !== "code" || cell.source.trim() === "" || hasTag(cell, "skip-execution")) return [];
    executionCount++; // of a cell that needs a server as well: whether there is one changes no other cell
    return isToRun(cell) ? [{ number: index + 1, cell, executionCount, outputs: new Outputs(displays) }] : [];
  });
  const kernelspec = { display_name: frontName ?? displayName, language: language.name, name };
  const metadata = { ...structuredClone(notebook.metadata), kernelspec, language_info: language };
  const result = (): Notebook => {
    for (const { cell, outputs, executionCount } of todo) {
      cell.outputs = outputs.toJSON().map((output) =>
        output.output_type === "execute_result" ? { ...output, execution_count: executionCount } : output
      );
    }
    return structuredClone({ ...notebook, metadata, cells });
  };
  return { todo, result };
}

function withoutRun(cell: CodeCell): CodeCell {
  const { execution: _, ...metadata } = cell.metadata;
  return { ...cell, metadata, outputs: [], execution_count: null };
}
