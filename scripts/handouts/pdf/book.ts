import code from "./template/code.typ" with { type: "text" };
import colours from "./template/colours.typ" with { type: "text" };
import contents from "./template/contents.typ" with { type: "text" };
import figures from "./template/figures.typ" with { type: "text" };
import pages from "./template/pages.typ" with { type: "text" };
import words from "./template/words.typ" with { type: "text" };
import { type Chapter, labelsOf } from "./chapter.ts";
import type { Provenance } from "../html/provenance.tsx";
import type { Edition } from "../document/tags.ts";
import { array, call, quoted } from "./typst.ts";

/** The words that all sources are written in; each file uses those before it. */
const template = [colours, words, code, figures, contents, pages].join("\n");

/** What a whole PDF depends on beside its chapters. */
export interface Binding {
  title: string;
  edition: Edition;
  language: string;
  provenance: Provenance;
}

/** The source of the book: every chapter, with a title page and the contents before them. */
export function bookSource(
  chapters: readonly Chapter[],
  bodies: readonly string[],
  binding: Binding,
): string {
  const kernels = [...new Set(chapters.map(({ document }) => binding.provenance.kernel ?? document.kernel))];
  const versions = Object.entries(binding.provenance.versions ?? {}).map(([name, version]) =>
    `${name} ${version}`
  );
  const made = [...kernels.filter(Boolean), ...versions].join(" · ");
  return [
    preamble(chapters, titleIn(binding.edition, binding.title), binding),
    `#show: book.with(${quoted(binding.title)},${quoted(editionName(binding.edition))},${quoted(made)})\n`,
    ...bodies,
  ].join("");
}

/** The source of one notebook's own PDF. */
export function singleSource(chapter: Chapter, body: string, binding: Binding): string {
  const { title } = chapter.document;
  const teacher = binding.edition === "teacher" ? editionName("teacher") : "";
  return [
    preamble([chapter], titleIn(binding.edition, title), binding),
    `#show: single.with(${quoted(binding.title)},${quoted(title)},${quoted(teacher)})\n`,
    body,
  ].join("");
}

/** No date and no author: the same notebooks make the same bytes on any day. */
function preamble(chapters: readonly Chapter[], title: string, { language }: Binding): string {
  const [lang, region] = language.split("-");
  const tongue = [
    `lang:${quoted(/^[a-z]{2,3}$/i.test(lang) ? lang.toLowerCase() : "en")}`,
    ...(/^[a-z]{2}$/i.test(region ?? "") ? [`region:${quoted(region)}`] : []),
  ];
  return `#let inside = ${array(chapters.flatMap(labelsOf).map(quoted))}\n${template}\n` +
    `#${call("set document", `title:${quoted(title)}`, "date:none")}\n#${call("set text", ...tongue)}\n`;
}

/** A title that says whose edition it is, where that must not be taken for a learner's. */
function titleIn(edition: Edition, title: string): string {
  return edition === "teacher" ? `${title} (${editionName(edition)})` : title;
}

function editionName(edition: Edition): string {
  return edition === "teacher" ? "Teacher’s edition" : "Student’s edition";
}
