import type { HandoutDocument } from "./document.ts";
import { elementsOf, wordsOf } from "./tree.ts";

/**
 * What made the handouts, beside what each notebook tells of itself (its name, parameters and kernel). Give only what
 * is the same on every machine: same input, same bytes.
 */
export interface Provenance {
  /** The kernel, where the notebooks do not name the one that ran them. */
  kernel?: string;
  /** Such as `{ Deno: "2.9.6" }`. */
  versions?: Readonly<Record<string, string>>;
}

/** One thing that made a handout, for formats that are not web pages. `code` values are source text. */
export interface Fact {
  name: string;
  values: string[];
  code?: boolean;
}

/** The facts that are enough to make a handout again: notebook, edition, parameters with their seed, kernel, versions. */
export function factsOf(document: HandoutDocument | undefined, provenance: Provenance): Fact[] {
  const kernel = provenance.kernel ?? document?.kernel;
  const facts: Fact[] = [
    { name: "Notebook", values: document ? [`${document.name}.ipynb, ${document.edition}’s edition`] : [] },
    {
      name: "Parameters",
      values: document?.parameters.map(({ name, value }) => `${name} = ${value}`) ?? [],
      code: true,
    },
    { name: "Kernel", values: kernel ? [kernel] : [] },
    {
      name: "Versions",
      values: Object.entries(provenance.versions ?? {}).map((version) => version.join(" ")),
    },
  ];
  return facts.filter(({ values }) => values.length > 0);
}

/** What a notebook is about, by its first paragraph, and how long it takes, by its words and its lines of code. */
export function summaryOf({ blocks }: HandoutDocument): string {
  const prose = blocks.filter(({ kind }) => kind === "markdown").map(({ content }) => content);
  const first = [...elementsOf(prose.flat())].find(({ tag }) => tag === "p");
  const words = prose.flatMap((content) => wordsOf(content).match(/\S+/g) ?? []).length;
  const lines =
    blocks.flatMap((block) => block.kind === "code" ? block.source?.split("\n") ?? [] : []).length;
  const minutes = Math.max(1, Math.round((words / 120 + lines / 12) / 5)) * 5;
  return `${first ? wordsOf(first.children).trim() : ""} About ${minutes} minutes.`.trim();
}
