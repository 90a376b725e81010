/**
 * The text of a stream as JupyterLab stores it: a carriage return goes back to the start of the line, what follows
 * writes over it, and a backspace takes a character away.
 *
 * Nothing ever reaches back over a newline, so finished lines are put aside, and only the last one is worked on: as a
 * string while the cursor stands at its end, and as a list of characters from the first `\r` or `\b` on. That
 * keeps the time linear.
 */
export class StreamText {
  #finished = "";
  #line = "";
  /** The last line's characters, once its cursor has moved. */
  #chars: string[] | undefined;
  #cursor = 0;

  /** Adds what was printed next. */
  add(text: string): void {
    if (!this.#chars && !/[\b\r]/.test(text)) {
      const end = text.lastIndexOf("\n") + 1;
      if (end > 0) {
        this.#finished += this.#line + text.slice(0, end);
        this.#line = "";
      }
      this.#line += text.slice(end);
      return;
    }
    for (const [piece] of text.matchAll(/[^\b\r\n]+|[^]/g)) this.#put(piece);
  }

  toString(): string {
    return this.#finished + (this.#chars?.join("") ?? this.#line);
  }

  #put(piece: string): void {
    if (piece === "\n") {
      this.#finished += (this.#chars?.join("") ?? this.#line) + "\n";
      this.#line = "";
      this.#chars = undefined;
    } else if (piece === "\r") {
      this.#edit();
      this.#cursor = 0;
    } else if (piece === "\b") {
      // JupyterLab takes away the character under the cursor too.
      const chars = this.#edit();
      if (this.#cursor > 0) chars.splice(--this.#cursor, 2);
    } else if (this.#chars) {
      for (const char of piece.split("")) this.#chars[this.#cursor++] = char;
    } else {
      this.#line += piece;
    }
  }

  #edit(): string[] {
    if (!this.#chars) {
      this.#chars = this.#line.split("");
      this.#cursor = this.#chars.length;
    }
    return this.#chars;
  }
}
