/** A stretch of text with the CSS classes that apply to it, outermost first. */
export interface Run {
  text: string;
  classes: readonly string[];
}

const piece = /<span class="([^"]*)">|<\/span>|[^<]+/g;
const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'" };

/**
 * Reads the HTML that the highlighter and the terminal's colours are written in, spans of classes and nothing else, so
 * that one parser of each serves every format.
 */
export function readSpans(html: string): Run[] {
  const open: string[][] = [];
  const runs: Run[] = [];
  for (const [text, classes] of html.matchAll(piece)) {
    if (classes !== undefined) open.push(classes.split(" "));
    else if (text === "</span>") open.pop();
    else runs.push({ text: unescape(text), classes: open.flat() });
  }
  return runs;
}

/** Cuts runs into lines. */
export function splitLines(runs: readonly Run[]): Run[][] {
  const lines: Run[][] = [[]];
  for (const { text, classes } of runs) {
    text.split("\n").forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== "") lines.at(-1)!.push({ text: part, classes });
    });
  }
  return lines;
}

function unescape(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (_all, name) => entities[name]);
}
