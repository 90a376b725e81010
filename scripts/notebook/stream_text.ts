/**
 * The text of a stream as JupyterLab stores it, of all that was printed: a carriage return goes back to the start of the
 * line, what follows writes over it, and a backspace takes a character away.
 */
export function storedText(printed: string): string {
  return printed.split("\n").map(overwritten).join("\n");
}

function overwritten(printed: string): string {
  let [line, at] = ["", 0];
  for (const [piece] of printed.matchAll(/[^\b\r]+|[^]/g)) {
    const before = line.slice(0, at);
    if (piece === "\r") at = 0;
    else if (piece === "\b") {
      // JupyterLab takes away the character under the cursor too.
      line = before.slice(0, -1) + line.slice(at + (before ? 1 : 0));
      at = Math.max(0, at - 1);
    } else {
      line = before + piece + line.slice(at + piece.length);
      at += piece.length;
    }
  }
  return line;
}
