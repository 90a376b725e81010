/** Runs one point of a sweep in a kernel that may have run others. @module */
import type { RunFigures } from "../../lib/report.ts";
import { CellTimeout, type Kernel, KernelDied } from "../kernel/client.ts";
import type { Notebook } from "../notebook/notebook.ts";
import { hasTag, type Parameter } from "../parameters/declaration.ts";
import { inject } from "../parameters/inject.ts";
import type { Values } from "../parameters/type.ts";
import { figuresIn } from "./figures.ts";

/** The figures of a point, or the reason why there are none. */
export type Outcome = { ok: true; figures: RunFigures } | { ok: false; error: string };

/** A cell to run. */
interface Step {
  /** The number of the cell in the notebook without values, from 1; 0 for the cell with the values. */
  number: number;
  source: string;
  mayRaise: boolean;
}

/** Returns the cells that a point runs: those with code, without those that run in real time. */
export function stepsOf(notebook: Notebook, parameters: Parameter[], values: Values): Step[] {
  const { cells } = inject(notebook, parameters, values, { input: "", output: "" });
  const numbers = new Map(notebook.cells.map(({ id }, index) => [id, index + 1]));
  return cells.flatMap((cell) => {
    if (cell.cell_type !== "code" || cell.source.trim() === "" || hasTag(cell, "real-time")) return [];
    const number = hasTag(cell, "injected-parameters") ? 0 : numbers.get(cell.id) ?? 0;
    return [{ number, source: cell.source, mayRaise: hasTag(cell, "raises-exception") }];
  });
}

/**
 * Runs the steps until one has reported, and no further. What the cells throw is the point's outcome; `isLost` is
 * set where the kernel can run no more.
 */
export async function runPoint(
  kernel: Kernel,
  steps: Step[],
  { timeout, signal }: { timeout: number; signal: AbortSignal },
): Promise<{ outcome: Outcome; isLost: boolean }> {
  for (const { number, source, mayRaise } of steps) {
    const failed = (reason: string, isLost: boolean) => {
      const error = `cell ${number} failed: ${reason.split("\n")[0].replace(/\.$/, "")}`;
      return { outcome: { ok: false, error } as const, isLost };
    };
    let figures: RunFigures | undefined;
    try {
      const reply = await kernel.execute(source, {
        timeout,
        signal,
        onMessage: (message) => void (figures ??= figuresIn(message)),
      });
      if (reply.status === "error" && !mayRaise) return failed(reasonOf(reply), false);
    } catch (error) {
      if (error instanceof KernelDied || error instanceof CellTimeout) return failed(error.message, true);
      throw error;
    }
    if (figures) return { outcome: { ok: true, figures }, isLost: false };
  }
  return { outcome: { ok: false, error: "no cell reported a run" }, isLost: false };
}

function reasonOf({ ename = "Error", evalue = "" }: { ename?: string; evalue?: string }): string {
  return evalue === "Execution failed" ? "the kernel could not read its code" : `${ename}: ${evalue}`;
}
