/** A place where a line may break that shows nothing. */
const BREAK = "\u200b";

/** How long a word in prose may be before it is given places to break. */
export const WORD = 40;

/** The same for a table of so many columns: numbers, unlike words, have no hyphens. */
export function wordIn(columns: number): number {
  return columns > 3 ? Math.max(5, Math.floor(80 / columns)) : 24;
}

/**
 * Where lines may break inside words of more than `longest` letters: after punctuation, and anywhere in what is still
 * too long. Shorter words are left alone, since these places come along when a reader copies the text.
 */
export function breakPoints(text: string, longest: number): number[] {
  const points: number[] = [];
  if (text.length <= longest) return points;
  for (const { 0: word, index: start } of text.matchAll(/\S+/g)) {
    if (word.length <= longest) continue;
    let from = 0;
    for (const part of word.split(/(?<=[,.;:/\\(){}[\]=&?_|+-])(?=[^\s])/)) {
      if (from > 0) points.push(start + from);
      if (part.length > longest) {
        for (let at = 1; at < part.length; at++) {
          if (!/[\udc00-\udfff\p{M}\u200d]/u.test(part[at])) points.push(start + from + at);
        }
      }
      from += part.length;
    }
  }
  return points;
}

/** Puts the places to break into a piece of a line that starts at `offset`. */
export function withBreaks(piece: string, points: readonly number[], offset = 0): string {
  if (points.length === 0) return piece;
  let [text, from] = ["", 0];
  for (const point of points) {
    const at = point - offset;
    if (at < from || at >= piece.length) continue;
    text += piece.slice(from, at) + BREAK;
    from = at;
  }
  return text + piece.slice(from);
}

/** Text whose long words can break. */
export function breakable(text: string, longest = WORD): string {
  return withBreaks(text, breakPoints(text, longest));
}
