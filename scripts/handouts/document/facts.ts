import type { HandoutDocument } from "./document.ts";

/**
 * What made the handouts, beside what each notebook tells of itself (its name, parameters and kernel). Give only what
 * is the same on every machine: same input, same bytes.
 */
export interface Provenance {
  /** Who made the course, and its licence. */
  byline?: string;
  /** The kernel, where the notebooks do not name the one that ran them. */
  kernel?: string;
  /** Such as `{ Deno: "2.9.6" }`. */
  versions?: Readonly<Record<string, string>>;
}

/** The style of pages of a course with a colour of its own, which is lighter on dark ground. */
export function accentCss(accent?: string): string {
  return accent ? `:root{--link:light-dark(${accent},color-mix(in oklab,${accent},white 60%))}` : "";
}

/**
 * The facts that are enough to make a handout again: notebook, edition, parameters with their seed, kernel, versions.
 * Values of those that are `code` are source text.
 */
export function factsOf(document: HandoutDocument | undefined, provenance: Provenance) {
  const values: Record<string, (string | undefined)[]> = {
    Course: [provenance.byline],
    Notebook: [document && `${document.name}.ipynb, ${document.edition}’s edition`],
    Parameters: Array.from(document?.parameters ?? [], (parameter) => parameter.join(" = ")),
    Kernel: [provenance.kernel ?? document?.kernel],
    Versions: Object.entries(provenance.versions ?? {}).map((version) => version.join(" ")),
  };
  return Object.entries(values)
    .map(([name, values]) => ({
      name,
      values: values.flatMap((it) => it || []),
      code: name === "Parameters",
    }))
    .filter(({ values }) => values.length > 0);
}
