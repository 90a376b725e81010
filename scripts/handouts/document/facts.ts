import type { HandoutDocument } from "./document.ts";

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

/** What made a handout, enough to make it again: notebook, edition, parameters with their seed, kernel, versions. */
export function factsOf(
  { name, edition, parameters, kernel }: HandoutDocument,
  provenance: Provenance,
): Fact[] {
  const made = provenance.kernel ?? kernel;
  const facts: Fact[] = [
    { name: "Notebook", values: [`${name}.ipynb, ${edition}’s edition`] },
    { name: "Parameters", values: parameters.map(({ name, value }) => `${name} = ${value}`), code: true },
    { name: "Kernel", values: made ? [made] : [] },
    {
      name: "Versions",
      values: Object.entries(provenance.versions ?? {}).map((version) => version.join(" ")),
    },
  ];
  return facts.filter(({ values }) => values.length > 0);
}
