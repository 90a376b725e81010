import { WORD } from "./wrap.ts";

/** How deep emphasis, quotes and lists may go into each other; deeper ones keep their text and lose their form. */
const DEEPEST = 14;

interface Open {
  name: string;
  close: string;
  real: boolean;
}

/**
 * Writes nested Typst from a flat list of openings and closings that need not match: what is left open is closed, what
 * closes nothing is dropped. Text in, code out: it can't come out of balance.
 */
export class Writer {
  #out: string[] = [];
  #stack: Open[] = [];
  /** How long a word may be here. */
  word = WORD;

  /** Adds a whole expression, as a statement. */
  add(code: string): void {
    this.#out.push(code, ";");
  }

  /** Opens something. A `part` (an item of a list, a cell of a table) is written whenever its whole was. */
  open(name: string, code: string | undefined, close: string, part = false): void {
    const above = this.#stack.at(-1)?.real ?? true;
    const real = code !== undefined && above && (part || this.#stack.length < DEEPEST);
    if (real) this.#out.push(code);
    this.#stack.push({ name, close, real });
  }

  /** Closes the last one open of this name that was opened past `floor`, and all that is open inside it. */
  close(name: string, floor = 0): void {
    const at = this.#stack.findLastIndex((open) => open.name === name);
    if (at >= floor) this.closeTo(at);
  }

  /** Closes all but the first `depth` that are open. */
  closeTo(depth: number): void {
    while (this.#stack.length > depth) {
      const { close, real } = this.#stack.pop()!;
      // What was a paragraph of its own must not grow together with the next.
      this.#out.push(real ? close : '" ";');
    }
  }

  get depth(): number {
    return this.#stack.length;
  }

  /** All that was written, as one piece of content. */
  end(): string {
    this.closeTo(0);
    return `{[];${this.#out.join("")}}`;
  }
}
