/** Search in the texts of all pages. @module */
import type { IndexData } from "./data.ts";

type Sections = IndexData["sections"];

/**
 * Finds the sections that contain all words, each with an excerpt around the first word. Sections with whole words come
 * first, then those in which a word begins another one, then the rest.
 */
export function search(sections: Sections, words: readonly string[]) {
  const patterns = words.map(patternsOf);
  const hits = sections.flatMap(({ page, id, text }) => {
    const ranks = patterns.map((all) => all.findIndex((it) => it.test(text)));
    if (ranks.includes(-1)) return [];
    const excerpt = excerptOf(text, text.search(patterns[0][ranks[0]]));
    return [{ page, id, excerpt, rank: Math.max(...ranks) }];
  });
  return hits.sort((one, other) => one.rank - other.rank);
}

/** Patterns of a word, best match first: the whole word, the beginning of one, any place. */
function patternsOf(word: string): RegExp[] {
  const [start, text, end] = ["(?<![\\p{L}\\p{N}_])", RegExp.escape(word), "(?![\\p{L}\\p{N}_])"];
  return [start + text + end, start + text, text].map((pattern) => RegExp(pattern, "iu"));
}

/** Some 120 characters around a place, cut between words. */
function excerptOf(text: string, place: number): string {
  const start = place > 40 ? `…${text.slice(place - 40).replace(/^\S*\s/, "")}` : text;
  return start.length > 120 ? start.slice(0, 120).replace(/\s+\S*$/, " …") : start;
}
