/** Runs one point of a sweep in a kernel that may have run others. @module */
import type { RunFigures } from "../../lib/report.ts";
import { CellTimeout, type ExecuteReply, type Kernel, KernelDied } from "../kernel/client.ts";
import type { Notebook } from "../notebook/notebook.ts";
import { hasTag, type Parameter } from "../parameters/declaration.ts";
import { inject } from "../parameters/inject.ts";
import { figuresIn } from "./figures.ts";
import type { Point } from "./grid.ts";

/** The figures of a point, or the reason why there are none. */
export type Outcome = { ok: true; figures: RunFigures } | { ok: false; error: string };

/** Options of `runPoint`. */
export interface PointOptions {
  notebook: Notebook;
  parameters: Parameter[];
  /** The time that a cell may take, in seconds. */
  timeout: number;
  signal: AbortSignal;
}

/**
 * Runs the notebook's code with a point's values until a cell has reported, without the cells that run in real time.
 * What the cells throw is the point's outcome; `isLost` is set where the kernel can run no more.
 */
export async function runPoint(
  kernel: Kernel,
  { values }: Point,
  { notebook, parameters, timeout, signal }: PointOptions,
): Promise<{ outcome: Outcome; isLost: boolean }> {
  let figures: RunFigures | undefined;
  for (const cell of inject(notebook, parameters, values, { input: "", output: "" }).cells) {
    if (cell.cell_type !== "code" || cell.source.trim() === "" || hasTag(cell, "real-time")) continue;
    const failed = (reason: string, isLost: boolean) => {
      const number = notebook.cells.findIndex(({ id }) => id === cell.id) + 1; // 0 for the cell with the values
      const error = `cell ${number} failed: ${reason.split("\n")[0].replace(/\.$/, "")}`;
      return { outcome: { ok: false, error } as const, isLost };
    };
    try {
      const reply = await kernel.execute(cell.source, {
        ...{ timeout, signal },
        onMessage: (message) => void (figures ??= figuresIn(message)),
      });
      if (reply.status === "error" && !hasTag(cell, "raises-exception")) {
        return failed(reasonOf(reply), false);
      }
    } catch (error) {
      if (error instanceof KernelDied || error instanceof CellTimeout) return failed(error.message, true);
      throw error;
    }
    if (figures) return { outcome: { ok: true, figures }, isLost: false };
  }
  return { outcome: { ok: false, error: "no cell reported a run" }, isLost: false };
}

function reasonOf({ ename = "Error", evalue = "" }: ExecuteReply): string {
  return evalue === "Execution failed" ? "the kernel could not read its code" : `${ename}: ${evalue}`;
}
