import type { HandoutDocument } from "./document.ts";

/** The origin of the handouts, beside what each notebook tells of itself: its name, parameters and kernel. */
export interface Provenance {
  /** Who made the course, and its licence. */
  byline?: string;
  /** Deno's version, such as "2.9.6". */
  deno?: string;
}

/** The style of pages of a course with a colour of its own, which is lighter on dark ground. */
export function accentCss(accent?: string): string {
  return accent ? `:root{--link:light-dark(${accent},color-mix(in oklab,${accent},white 60%))}` : "";
}

/**
 * The facts that are enough to make a handout again: notebook, edition, parameters with their seed, kernel, versions.
 * Values of those that are `code` are source text.
 */
export function factsOf(document: HandoutDocument | undefined, { byline, deno }: Provenance) {
  const values: Record<string, (string | undefined)[]> = {
    Course: [byline],
    Notebook: [document && `${document.name}.ipynb, ${document.edition}’s edition`],
    Parameters: Array.from(document?.parameters ?? [], (parameter) => parameter.join(" = ")),
    Kernel: [document?.kernel],
    Versions: [deno && `Deno ${deno}`],
  };
  return Object.entries(values)
    .map(([name, values]) => ({
      name,
      values: values.flatMap((it) => it || []),
      code: name === "Parameters",
    }))
    .filter(({ values }) => values.length > 0);
}
