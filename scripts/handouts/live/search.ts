/** Search in the texts of all pages. @module */
import type { IndexData } from "./data.ts";

const [start, end] = ["(?<![\\p{L}\\p{N}_])", "(?![\\p{L}\\p{N}_])"];

/** Patterns of a word, best match first: the whole word, the beginning of one, any place. */
function patternsOf(word: string): RegExp[] {
  const text = RegExp.escape(word);
  return [start + text + end, start + text, text].map((pattern) => RegExp(pattern, "iu"));
}

/**
 * Finds the sections that contain all words, each with an excerpt around the first word. Sections with whole words come
 * first, then those in which a word begins another one, then the rest.
 */
export function search(sections: IndexData["sections"], words: readonly string[]) {
  const patterns = words.map(patternsOf);
  const found = [0, 1, 2].flatMap((rank) =>
    sections.filter(({ text }) => patterns.every((all) => all[rank].test(text)))
  );
  return [...new Set(found)].map(({ page, id, text }) => {
    const place = text.search(patterns[0].find((it) => it.test(text))!);
    const from = place > 40 ? `…${text.slice(place - 40).replace(/^\S*\s/, "")}` : text;
    return { page, id, excerpt: from.length > 120 ? from.slice(0, 120).replace(/\s+\S*$/, " …") : from };
  });
}
