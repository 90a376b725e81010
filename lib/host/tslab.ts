import { type Broadcast, displayBy, type Host, stopped, tellUnhandled } from "./host.ts";
import { terminal } from "./terminal.ts";

/** The half of it that lies in scripts/tslab/host.cjs, which needs tslab's own modules. */
interface Tslab {
  broadcast: Broadcast;
  /** Calls `main`, and ends it with `error` when Stop is pressed. */
  interruptibly<T>(main: () => T, error: () => Error): T;
  /** Calls `listener` for an event of the process, in place of tslab's own, which would end the cell. */
  replaceListeners(event: string, listener: (value: unknown) => void): () => void;
}

/** tslab's kernel, if this is it. */
export function tslab(): Host | undefined {
  const kernel = (globalThis as { [name: symbol]: Tslab | undefined })[Symbol.for("course.tslab")];
  return kernel && {
    ...terminal,
    display: displayBy(kernel.broadcast),
    onInterrupt: (stop) => kernel.replaceListeners("SIGINT", stop),
    interruptibly: (main) => kernel.interruptibly(main, stopped),
    blockThread: (milliseconds) => kernel.interruptibly(() => terminal.blockThread(milliseconds), stopped),
    onUnhandled: (tell) =>
      kernel.replaceListeners("unhandledRejection", (reason) => tellUnhandled(reason, tell)),
  };
}
