/**
 * The text of a stream as JupyterLab stores it: a carriage return goes back to the start of the line, what follows
 * writes over it, and a backspace takes a character away. Nothing ever reaches back over a newline, so finished lines
 * are put aside, and only the last one is worked on.
 */
export class StreamText {
  #finished = "";
  #line = "";
  #cursor = 0;

  /** Adds what was printed next. */
  add(text: string): void {
    for (const [piece] of text.matchAll(/[^\b\r\n]+|[^]/g)) {
      const before = this.#line.slice(0, this.#cursor);
      if (piece === "\n") {
        this.#finished += this.#line + "\n";
        this.#line = "";
        this.#cursor = 0;
      } else if (piece === "\r") this.#cursor = 0;
      else if (piece === "\b") {
        // JupyterLab takes away the character under the cursor too.
        this.#line = before.slice(0, -1) + this.#line.slice(this.#cursor + (before ? 1 : 0));
        this.#cursor = Math.max(0, this.#cursor - 1);
      } else {
        this.#line = before + piece + this.#line.slice(this.#cursor + piece.length);
        this.#cursor += piece.length;
      }
    }
  }

  toString(): string {
    return this.#finished + this.#line;
  }
}
