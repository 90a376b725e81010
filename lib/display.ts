import { describe, isAwaitable } from "./arguments.ts";
import { LessonError } from "./errors.ts";
import { host, type MimeBundle } from "./host/host.ts";
import { printedAs } from "./words.ts";

/** The time between two drawings of a live picture, in milliseconds. */
const PERIOD = 100;

/** A plot, a table or a report, which a notebook can show. */
export class Showable {
  constructor(readonly bundle: MimeBundle) {}

  /** Called by Deno's kernel if this is the value of a cell. */
  [Symbol.for("Jupyter.display")](): MimeBundle {
    return this.bundle;
  }

  /** Returns the text that replaces it where nothing can be drawn. */
  toString(): string {
    return this.bundle["text/plain"];
  }
}

printedAs(Showable.prototype, String);

/**
 * Shows plots, tables, texts and numbers below the cell; in a terminal, prints their text.
 *
 * ```ts
 * import { show, table } from "@course/lib";
 *
 * await show(table([{ run: "async", total: "20.3 s" }]));
 * ```
 *
 * @throws {LessonError} if it is given anything else; a promise, say, because an `await` is missing
 */
export async function show(...things: (Showable | string | number | boolean | null | undefined)[]) {
  for (const bundle of things.map(bundleOf)) await display(bundle);
}

function display(data: MimeBundle, id?: string, type = "display_data"): Promise<void> {
  return host.broadcast(type, { data, metadata: {}, transient: { display_id: id } });
}

function bundleOf(thing: unknown): MimeBundle {
  if (thing instanceof Showable) return thing.bundle;
  if (Object(thing) !== thing) return { "text/plain": String(thing) };
  const advice = isAwaitable(thing)
    ? "write await in front of what returned it."
    : "give a plot, as in show(timeline(run)), a table, a text or a number; console.log(…) prints anything.";
  throw new LessonError(`Cannot show ${describe(thing)}: ${advice}`);
}

/**
 * Shows a picture, and draws it again ten times a second.
 *
 * @param draw draws the picture of the present state
 * @param instant true to draw only the last one, as no time passes
 * @returns a function that draws the last picture, to be called once
 */
export async function live(draw: () => Showable, instant: boolean): Promise<() => Promise<void>> {
  const id = crypto.randomUUID();
  const redraw = async () => await display(draw().bundle, id, "update_display_data");
  await display({ "text/plain": "" }, id);
  // Where drawing fails, drawing the last picture does, too, and its caller sees the error.
  const timer = instant ? undefined : setInterval(() => redraw().catch(() => {}), PERIOD);
  return async () => {
    clearInterval(timer);
    await redraw();
  };
}
