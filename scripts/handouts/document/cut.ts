/** Text that may have lost its middle: `head` alone, or `head`, a sentence on what is missing, and `tail`. */
export interface CutText {
  head: string;
  left?: string;
  tail?: string;
}

const most = { lines: 600, characters: 60_000 };
const keep = { head: { lines: 300, characters: 20_000 }, tail: { lines: 100, characters: 10_000 } };

/** Cuts the middle out of text that is too long to read: a page is for people. */
export function cutMiddle(text: string): CutText {
  const lines = countLines(text);
  if (lines <= most.lines && text.length <= most.characters) return { head: text };
  const headEnd = whole(text, Math.min(nthLine(text, keep.head.lines), keep.head.characters));
  const tailStart = Math.max(
    headEnd,
    whole(text, Math.max(nthLineFromEnd(text, keep.tail.lines), text.length - keep.tail.characters)),
  );
  const middle = text.slice(headEnd, tailStart);
  const lost = countLines(middle);
  const left = lost > 1
    ? `${grouped(lost)} lines are left out here, of ${grouped(lines)}.`
    : `${grouped(middle.length)} characters are left out here, of ${grouped(text.length)}.`;
  return { head: text.slice(0, headEnd), left, tail: text.slice(tailStart) };
}

function countLines(text: string): number {
  let lines = text === "" || text.endsWith("\n") ? 0 : 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

/** Where line `n` starts, counted from 0. */
function nthLine(text: string, n: number): number {
  let at = 0;
  for (; n > 0; n--) {
    at = text.indexOf("\n", at) + 1;
    if (at === 0) return text.length;
  }
  return at;
}

/** Where the last `n` lines start. */
function nthLineFromEnd(text: string, n: number): number {
  let at = text.endsWith("\n") ? text.length - 1 : text.length;
  for (; n > 0; n--) {
    at = text.lastIndexOf("\n", at - 1);
    if (at <= 0) return 0;
  }
  return at + 1;
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
