/** Text that may have lost its middle: `head` alone, or `head`, a sentence on what is missing, and `tail`. */
export type CutText = ReturnType<typeof cutMiddle>;

/** Cuts the middle out of text that is too long to read: a page is for people. */
export function cutMiddle(text: string) {
  const lines = linesIn(text);
  if (lines.length <= 600 && text.length <= 60_000) return { head: text };
  const from = whole(text, Math.min(lines.slice(0, 300).join("").length, 20_000));
  const tail = Math.min(lines.slice(-100).join("").length, 10_000);
  const to = Math.max(from, whole(text, text.length - tail));
  const lost = linesIn(text.slice(from, to)).length;
  const left = lost > 1 ? leftOut("line", lost, lines.length) : leftOut("character", to - from, text.length);
  return { head: text.slice(0, from), left, tail: text.slice(to) };
}

/** The middle of a list of which so many are shown: where it begins, and how much it is. One that is little longer has none. */
export function middleOf(length: number, most: number) {
  return { from: Math.round(most * 3 / 4), lost: length <= most * 8 / 7 ? 0 : length - most };
}

/** A sentence on what is left out of a whole; empty where nothing is. */
export function leftOut(what: string, lost: number, all: number): string {
  if (lost === 0) return "";
  const [some, whole] = [lost, all].map((it) => it.toLocaleString("en"));
  return `${some} ${lost === 1 ? `${what} is` : `${what}s are`} left out here, of ${whole}.`;
}

function linesIn(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Moves a cut so that it goes through no character and no colour code. */
function whole(text: string, at: number): number {
  const escape = text.lastIndexOf("\x1b", at - 1);
  // deno-lint-ignore no-control-regex
  if (escape >= 0 && at - escape < 32 && /^\x1b\[?[\d;]*$/.test(text.slice(escape, at))) return escape;
  return /[\udc00-\udfff]/.test(text[at] ?? "") ? at + 1 : at;
}
