import { StoppedError } from "../errors.ts";

/** One thing in several representations, by MIME type; `text/plain` is always among them. JSON is given as a value. */
export type MimeBundle = {
  readonly "text/plain": string;
  readonly [text: `text/${string}`]: string;
  readonly [picture: `image/${string}`]: string;
  readonly [json: `application/${string}json`]: object;
};

/**
 * The half of the host that a kernel or a page has ready at `Symbol.for("course.host")` when lib is loaded. A terminal has
 * none: there, a thing is shown by its text, and Ctrl-C and unhandled failures end the process.
 */
interface Place {
  /** Sends a message of the Jupyter protocol to all front ends. */
  broadcast(type: string, content: Record<string, unknown>): Promise<void>;
  /** Calls `stop` in place of ending the cell when Stop is pressed. Returns a function that takes that back. */
  onStop?(stop: () => void): () => void;
  /** Returns true if Stop was pressed in this cell. */
  isStopped?(): boolean;
  /** Calls `main`, and ends it with `error` when Stop is pressed before it has returned. */
  interruptibly?<T>(main: () => T, error: () => Error): T;
  /** Blocks the thread for a number of milliseconds, or until Stop is pressed. */
  block?(milliseconds: number): void;
  /** Returns the text of a cell, by its name in a stack: `In[3]`, say; undefined if it is not known. */
  sourceOf?(name: string): string | undefined;
  /** True if a cell runs again by itself when one that it needs has changed. */
  isReactive?: boolean;
  /** Hears that an answer to an exercise was checked. */
  checked?(exercise: string, isRight: boolean): void;
  /** Calls `listener` with the reason of each failure that nobody handled. Returns a function that takes that back. */
  onUnhandled?(listener: (reason: unknown) => void): () => void;
}

const scope = globalThis as unknown as { [key: symbol]: Place | undefined; Deno?: { jupyter?: Place } };
const place = scope[Symbol.for("course.host")] ?? kernelOfDeno();
const warn = (sentence: string) => console.warn(`Warning: ${sentence}`);
let tellUnhandled = warn;

/** The place where the code runs: a kernel, a terminal, a page. Nothing else in lib knows which it is. */
export const host = {
  /** True if a cell runs again by itself when one that it needs has changed. */
  isReactive: place?.isReactive === true,

  /** Tells the place that an answer to an exercise was checked. */
  checked: (exercise: string, isRight: boolean): void => place?.checked?.(exercise, isRight),

  /** Shows a thing below the cell; with `id`, one that may be replaced, or that replaces the one with this id. */
  async display(data: MimeBundle, id?: string, replaces = false): Promise<void> {
    const content = { data, metadata: {}, transient: { display_id: id } };
    if (place) await place.broadcast(replaces ? "update_display_data" : "display_data", content);
    else if (id === undefined) console.log(data["text/plain"]);
  },

  /** Calls `stop` in place of ending the process when Stop is pressed. Returns a function that takes that back. */
  onInterrupt: (stop: () => void): () => void => place?.onStop?.(stop) ?? (() => {}),

  /**
   * Calls `main`, and ends it when Stop is pressed before it has returned or come to its first `await`, where the host
   * can end code that blocks the thread.
   *
   * @throws {StoppedError} when it was ended
   */
  interruptibly: <T>(main: () => T): T => place?.interruptibly ? place.interruptibly(main, stopped) : main(),

  /** Blocks the thread for a number of milliseconds. @throws {StoppedError} when Stop is pressed meanwhile */
  blockThread(milliseconds: number): void {
    host.interruptibly(() => (place?.block ?? block)(milliseconds));
    host.checkInterrupt();
  },

  /** Returns true if Stop was pressed while the thread was busy, as far as the host can know. */
  isInterrupted: (): boolean => place?.isStopped?.() === true,

  /** @throws {StoppedError} when Stop was pressed while the thread was busy, as far as the host can know */
  checkInterrupt(): void {
    if (host.isInterrupted()) throw stopped();
  },

  /** Returns the text of a cell or a file, by its name in a stack; undefined if it is not known. */
  sourceOf(name: string): string | undefined {
    if (place) return place.sourceOf?.(name);
    try {
      return process.getBuiltinModule("node:fs").readFileSync(new URL(name), "utf8");
    } catch {
      return undefined; // it is no file
    }
  },

  /** Returns false for the name of what is no cell, though only cells are the program: this library's own code. */
  isProgram: (name: string): boolean => !place?.sourceOf || place.sourceOf(name) !== undefined,

  /** Calls `tell` with a sentence when a promise has failed and nobody awaits it. Returns a function that takes that back. */
  onUnhandled(tell: (sentence: string) => void): () => void {
    tellUnhandled = tell;
    const forget = place?.onUnhandled?.(hearUnhandled);
    return () => {
      tellUnhandled = warn;
      forget?.();
    };
  },
};

/** The error with which a run ends when Stop is pressed. */
export const stopped = (): StoppedError => new StoppedError("The run was stopped.");

if (place && !place.onUnhandled) {
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    hearUnhandled(event.reason);
  });
}

function hearUnhandled(reason: unknown): void {
  if (reason instanceof StoppedError) return;
  tellUnhandled(`A call failed, and nobody awaited it: write await in front of it. It said: ${reason}`);
}

function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function kernelOfDeno(): Place | undefined {
  try {
    if (!scope.Deno?.jupyter) return undefined;
  } catch {
    return undefined; // outside of its kernel, Deno throws on the mere mention
  }
  console.warn(
    "Warning: this is Deno's own kernel, which may lose output, and at Stop everything. For the course's, run " +
      "deno task kernels in its folder once, and choose the kernel Deno (course).",
  );
  return scope.Deno.jupyter;
}
