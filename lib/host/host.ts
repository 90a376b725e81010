import { StoppedError } from "../errors.ts";

/** One thing in several representations, by MIME type; `text/plain` is always among them. JSON is given as a value. */
export type MimeBundle = {
  readonly "text/plain": string;
  readonly [text: `text/${string}`]: string;
  readonly [picture: `image/${string}`]: string;
  readonly [json: `application/${string}json`]: object;
};

/** The content of a message that shows a thing; one with an id may be replaced. */
type Shown = { data: MimeBundle; metadata: object; transient: { display_id?: string } };

/** A terminal: there, a thing is shown by its text, and Ctrl-C and unhandled failures end the process. */
const terminal = {
  /** True if a cell runs again by itself when one that it needs has changed. */
  isReactive: false,

  /** Hears that an answer to an exercise is tried once more. It may never give the thread back. */
  tried(_exercise: string): void {},

  /** Hears that an answer to an exercise was checked. */
  checked(_exercise: string, _isRight: boolean): void {},

  /** Sends a message of the Jupyter protocol to all front ends. */
  // deno-lint-ignore require-await
  async broadcast(_type: string, { data, transient }: Shown): Promise<void> {
    if (transient.display_id === undefined) console.log(data["text/plain"]);
  },

  /** Calls `stop` in place of ending the cell when Stop is pressed. Returns a function that takes that back. */
  onStop: (_stop: () => void): () => void => () => {},

  /** Returns true if Stop was pressed in this cell, while the thread was busy. */
  isStopped: (): boolean => false,

  /** Calls `main`, and ends it with `error` when Stop is pressed before it has returned or come to its first `await`. */
  interruptibly: <T>(main: () => T, _error: () => Error): T => main(),

  /** Blocks the thread for a number of milliseconds, or until Stop is pressed. */
  block(milliseconds: number): void {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  },

  /** Returns the text of a cell, by its name in a stack: `In[3]`, say; undefined for what is none. */
  sourceOf: (_name: string): string | undefined => undefined,
};

interface Place extends Partial<typeof terminal> {
  /** Calls `listener` with the reason of each failure that nobody handled. Returns a function that takes that back. */
  onUnhandled?(listener: (reason: unknown) => void): () => void;
}

const scope = globalThis as unknown as { [key: symbol]: Place | undefined; Deno?: { jupyter?: Place } };
const place = scope[Symbol.for("course.host")] ?? kernelOfDeno();
const warn = (sentence: string) => console.warn(`Warning: ${sentence}`);
let tellUnhandled = warn;

/**
 * The place where the code runs: a terminal, or a kernel or a page, which has its half ready at `Symbol.for("course.host")`
 * when lib is loaded. Nothing else in lib knows which it is.
 */
export const host = {
  ...terminal,
  ...place,

  /** Returns false for the name of what is no cell, though only cells are the program: this library's own code. */
  isProgram: (name: string): boolean => !place?.sourceOf || place.sourceOf(name) !== undefined,

  /** Calls `tell` with a sentence when a promise has failed and nobody awaits it. Returns a function that takes that back. */
  onUnhandled(tell: (sentence: string) => void): () => void {
    tellUnhandled = tell;
    const forget = place?.onUnhandled?.(hearUnhandled);
    return () => {
      if (tellUnhandled === tell) tellUnhandled = warn; // not that of an experiment which ended this one
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
