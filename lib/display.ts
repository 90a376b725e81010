// The only file that knows that kernels exist.

/** One thing in several representations, by MIME type; `text/plain` is always among them. JSON is given as a value. */
export type MimeBundle = {
  readonly "text/plain": string;
  readonly [text: `text/${string}`]: string;
  readonly [picture: `image/${string}`]: string;
  readonly [json: `application/${string}json`]: object;
};

/** What a notebook can show: a plot, a table or a report. */
export class Showable {
  readonly bundle: MimeBundle;

  constructor(bundle: MimeBundle) {
    this.bundle = bundle;
  }

  /** What Deno's kernel asks for when this is the last value of a cell. */
  [Symbol.for("Jupyter.display")](): MimeBundle {
    return this.bundle;
  }

  /** What it says where nothing can be drawn. */
  toString(): string {
    return this.bundle["text/plain"];
  }
}

/** The part of a kernel that is used here: `Deno.jupyter`, or what scripts/tslab/start.cjs makes of tslab. */
interface Kernel {
  broadcast(type: string, content: Record<string, unknown>): Promise<void>;
}

/**
 * Shows plots and tables below the cell; where there is no notebook, prints what they say.
 *
 * ```ts
 * import { show, table } from "@course/lib";
 *
 * await show(table([{ run: "async", total: "20.3 s" }]));
 * ```
 */
export async function show(...things: Showable[]): Promise<void> {
  for (const { bundle } of things) {
    const kernel = denoKernel() ?? tslabKernel();
    if (kernel) await kernel.broadcast("display_data", { data: bundle, metadata: {}, transient: {} });
    else console.log(bundle["text/plain"]);
  }
}

/**
 * Calls back when the front end's Stop is pressed, or Ctrl-C in a terminal, in place of ending the kernel. Returns what
 * takes that back.
 */
export function onInterrupt(stop: () => void): () => void {
  if (denoKernel()) {
    Deno.addSignalListener("SIGINT", stop);
    return () => Deno.removeSignalListener("SIGINT", stop);
  }
  if (tslabKernel()) return instead(stop);
  return () => {};
}

/** The part of Node's `process` that is used here. */
interface Process {
  listeners(signal: string): (() => void)[];
  on(signal: string, listener: () => void): void;
  removeAllListeners(signal: string): void;
  removeListener(signal: string, listener: () => void): void;
}

/** tslab ends the cell itself when it hears the signal; hence it must not hear it. */
function instead(stop: () => void): () => void {
  const { process } = globalThis as unknown as { process: Process };
  const others = process.listeners("SIGINT");
  process.removeAllListeners("SIGINT");
  process.on("SIGINT", stop);
  return () => {
    process.removeListener("SIGINT", stop);
    for (const listener of others) process.on("SIGINT", listener);
  };
}

function denoKernel(): Kernel | undefined {
  try {
    return (globalThis as { Deno?: { jupyter?: Kernel } }).Deno?.jupyter;
  } catch {
    return undefined; // outside of its kernel, Deno throws on the mere mention
  }
}

function tslabKernel(): Kernel | undefined {
  return (globalThis as { [name: symbol]: Kernel | undefined })[Symbol.for("course.kernel")];
}
