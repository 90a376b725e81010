import { StoppedError } from "../errors.ts";

/** Representations of one thing, by MIME type; `text/plain` is always there. JSON is given as a value. */
export type MimeBundle = {
  readonly "text/plain": string;
  readonly [text: `text/${string}`]: string;
  readonly [picture: `image/${string}`]: string;
  readonly [json: `application/${string}json`]: object;
};

/** The content of a message that shows a thing. If that has an id, another message can replace it. */
type Shown = { data: MimeBundle; metadata: object; transient: { display_id?: string } };

/** The terminal as a host: it prints the text of things; Ctrl-C and unhandled rejections end the process. */
const terminal = {
  /** True if a cell runs again when a cell it depends on has changed. */
  isReactive: false,

  /** Called before an answer to an exercise is tried, which may block the thread forever. */
  tried(_exercise: string): void {},

  /** Called when an answer to an exercise was checked. */
  checked(_exercise: string, _isRight: boolean): void {},

  /** Sends a message of the Jupyter protocol to all front ends. */
  // deno-lint-ignore require-await
  async broadcast(_type: string, { data, transient }: Shown): Promise<void> {
    if (transient.display_id === undefined) console.log(data["text/plain"]);
  },

  /** Makes Stop call `stop` instead of ending the cell. Returns a function that undoes this. */
  onStop: (_stop: () => void): () => void => () => {},

  /** Returns true if Stop was pressed in this cell while the thread was busy. */
  isStopped: (): boolean => false,

  /** Calls `main`, and throws the error in it if Stop is pressed before it returns or reaches its first `await`. */
  interruptibly: <T>(main: () => T, _error: () => Error): T => main(),

  /** Blocks the thread for a number of milliseconds, or until Stop is pressed. */
  block(milliseconds: number): void {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  },

  /** Returns the source of a cell, by its name in stacks, `In[3]` say; undefined if there is no such cell. */
  sourceOf: (_name: string): string | undefined => undefined,
};

/** The host's half in a kernel or a page; the terminal's functions stand in for those it lacks. */
interface Place extends Partial<typeof terminal> {
  /** Calls `listener` with the reason of each unhandled rejection. Returns a function that undoes this. */
  onUnhandled?(listener: (reason: unknown) => void): () => void;
}

const scope = globalThis as unknown as { [key: symbol]: Place | undefined; Deno?: { jupyter?: Place } };
const place = scope[Symbol.for("course.host")] ?? kernelOfDeno();
const warn = (sentence: string) => console.warn(`Warning: ${sentence}`);
let tellUnhandled = warn;

/**
 * The place where the code runs: a terminal, or a kernel or page, which provides its half as
 * `globalThis[Symbol.for("course.host")]` before lib is loaded. Nothing else in lib knows which it is.
 */
export const host = {
  ...terminal,
  ...place,

  /** Returns false if a name in a stack is not a cell's, such as that of this library, where programs are in cells. */
  isProgram: (name: string): boolean => !place?.sourceOf || place.sourceOf(name) !== undefined,

  /** Calls `tell` with a sentence for each unhandled rejection. Returns a function that undoes this. */
  onUnhandled(tell: (sentence: string) => void): () => void {
    tellUnhandled = tell;
    const forget = place?.onUnhandled?.(hearUnhandled);
    return () => {
      if (tellUnhandled === tell) tellUnhandled = warn; // unless an experiment that ended this one has set its own
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
    return undefined; // outside of its kernel, Deno throws if this is read
  }
  console.warn(
    "Warning: this is Deno's own kernel, which may lose output, and at Stop everything. For the course's, run " +
      "deno task kernels in its folder once, and choose the kernel Deno (course).",
  );
  return scope.Deno.jupyter;
}
