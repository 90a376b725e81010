/** Text that may have lost its middle: `head` alone, or `head`, a sentence on what is missing, and `tail`. */
export type CutText = ReturnType<typeof cutMiddle>;

const most = { lines: 600, characters: 60_000 };
const keep = { head: { lines: 300, characters: 20_000 }, tail: { lines: 100, characters: 10_000 } };

/** Cuts the middle out of text that is too long to read: a page is for people. */
export function cutMiddle(text: string) {
  const lines = linesIn(text);
  if (lines.length <= most.lines && text.length <= most.characters) return { head: text };
  const length = (lines: string[], most: number) => Math.min(lines.join("").length, most);
  const head = whole(text, length(lines.slice(0, keep.head.lines), keep.head.characters));
  const tail = length(lines.slice(-keep.tail.lines), keep.tail.characters);
  const tailStart = Math.max(head, whole(text, text.length - tail));
  const middle = text.slice(head, tailStart);
  const lost = linesIn(middle).length;
  const left = lost > 1
    ? leftOut("line", { from: 0, to: lost }, lines.length)
    : leftOut("character", { from: head, to: tailStart }, text.length);
  return { head: text.slice(0, head), left, tail: text.slice(tailStart) };
}

/** The middle of a list of which about so many are shown: where it begins and ends. One that is little longer has none. */
export function middleOf(length: number, most: number) {
  const from = Math.round(most * 3 / 4);
  return length <= most * 8 / 7 ? { from: length, to: length } : { from, to: length - most + from };
}

/** A sentence on what is left out of a whole; undefined where nothing is. */
export function leftOut(what: string, { from, to }: { from: number; to: number }, all: number) {
  const lost = to - from;
  if (lost === 0) return;
  return `${grouped(lost)} ${lost === 1 ? `${what} is` : `${what}s are`} left out here, of ${grouped(all)}.`;
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

/** 99600 as "99,600": not by locale, so that every machine makes the same bytes. */
function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}
