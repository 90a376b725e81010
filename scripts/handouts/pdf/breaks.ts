/** A place where a line may break that shows nothing. */
const BREAK = "\u200b";

/**
 * Text whose words of more than `longest` letters can break: after punctuation, and anywhere in what is still too long.
 * Shorter words are left alone, since these places come along when a reader copies the text.
 */
export function breakable(text: string, longest = 40): string {
  return text.replace(/\S+/g, (word) => {
    if (word.length <= longest) return word;
    const parts = word.split(/(?<=[,.;:/\\(){}[\]=&?_|+-])/);
    return parts.map((part) => part.length > longest ? anywhere(part) : part).join(BREAK);
  });
}

/** Breaks through no character: what is combined with the one before it stays there. */
function anywhere(word: string): string {
  return word.replace(/(?<=.)(?=[^\p{M}\u200d])/gu, BREAK);
}

/** The length at which a word may break in a table of so many columns: numbers, unlike words, have no hyphens. */
export function wordIn(columns: number): number {
  return columns > 3 ? Math.max(5, Math.floor(80 / columns)) : 24;
}

/** Takes from a text that `breakable` has made the piece that was `text` before, with its places to break. */
export function cutter(broken: string): (text: string) => string {
  let at = 0;
  return (text) => {
    const start = at;
    for (let n = 0; n < text.length; n++) at = broken.indexOf(text[n], at) + 1;
    return broken.slice(start, at);
  };
}
