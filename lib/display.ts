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

/** The part of Deno's kernel that is used here. */
interface DenoJupyter {
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
  const jupyter = denoJupyter();
  for (const { bundle } of things) {
    if (jupyter) await jupyter.broadcast("display_data", { data: bundle, metadata: {}, transient: {} });
    else console.log(bundle["text/plain"]);
  }
}

/**
 * Calls back when the front end's Stop is pressed, or Ctrl-C in a terminal, in place of ending the kernel. Returns what
 * takes that back.
 */
export function onInterrupt(stop: () => void): () => void {
  if (!denoJupyter()) return () => {};
  Deno.addSignalListener("SIGINT", stop);
  return () => Deno.removeSignalListener("SIGINT", stop);
}

function denoJupyter(): DenoJupyter | undefined {
  try {
    return (globalThis as { Deno?: { jupyter?: DenoJupyter } }).Deno?.jupyter;
  } catch {
    return undefined; // outside of its kernel, Deno throws on the mere mention
  }
}
