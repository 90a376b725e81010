/**
 * Returns printed text as JupyterLab stores it: text after a carriage return overwrites the line, and a backspace removes a
 * character.
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
      // JupyterLab also removes the character under the cursor.
      line = before.slice(0, -1) + line.slice(at + (before ? 1 : 0));
      at = Math.max(0, at - 1);
    } else {
      line = before + piece + line.slice(at + piece.length);
      at += piece.length;
    }
  }
  return line;
}
