import { type Broadcast, displayBy, type Host, listenForUnhandled, stopped } from "./host.ts";
import { terminal } from "./terminal.ts";

/** The part of the course's kernel (scripts/kernel/inside.ts) that runs inside of Deno's. */
interface Inside {
  /** Calls `stop` when Stop is pressed, in place of leaving the cell. Returns a function that takes that back. */
  onStop(stop: () => void): () => void;
  /** Blocks the thread for a number of milliseconds, or until Stop is pressed. */
  block(milliseconds: number): void;
  /** Returns whether Stop was pressed in this cell. */
  isStopped(): boolean;
}

/** Returns Deno's kernel, if this is it. It says nothing of unhandled failures; outside of a run they are printed. */
export function denoKernel(): Host | undefined {
  const jupyter = jupyterOfDeno();
  if (!jupyter) return undefined;
  const inside = (globalThis as { [name: symbol]: Inside | undefined })[Symbol.for("course.deno")];
  if (!inside) {
    console.warn(
      "Warning: this is Deno's own kernel, which may lose output, and at Stop everything. For the course's, run " +
        "deno task kernels in its folder once, and choose the kernel Deno (course).",
    );
  }
  const checkInterrupt = () => {
    if (inside?.isStopped()) throw stopped();
  };
  return {
    ...terminal,
    display: displayBy((type, content) => jupyter.broadcast(type, content)),
    onUnhandled: listenForUnhandled(),
    ...inside && {
      onInterrupt: inside.onStop,
      checkInterrupt,
      blockThread(milliseconds) {
        inside.block(milliseconds);
        checkInterrupt();
      },
    },
  };
}

function jupyterOfDeno(): { broadcast: Broadcast } | undefined {
  try {
    return (globalThis as { Deno?: { jupyter?: { broadcast: Broadcast } } }).Deno?.jupyter;
  } catch {
    return undefined; // outside of its kernel, Deno throws on the mere mention
  }
}
