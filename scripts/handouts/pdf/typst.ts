/**
 * Typst is written here as code, never as markup: text goes in as string literals, in which two characters alone mean
 * something. So whatever a notebook says (`#`, `$`, `@`, `*`, `//`) stays text, and nothing needs a list of exceptions.
 *
 * @module
 */

/** Text as a Typst string literal. Control characters that no page can show are dropped. */
export function quoted(text: string): string {
  const clean = text.toWellFormed()
    // deno-lint-ignore no-control-regex
    .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]/g, "");
  return `"${clean.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`;
}

/** Expressions, one after another, as one piece of content; none of them is the empty content. */
export function content(...expressions: string[]): string {
  return `{[];${expressions.map((expression) => `${expression};`).join("")}}`;
}

/** A list of values; the last comma keeps a list of one from being a mere value in parentheses. */
export function array(values: readonly string[]): string {
  return values.length === 0 ? "()" : `(${values.join(",")},)`;
}

/** A call of one of the template's functions, or Typst's own. */
export function call(name: string, ...values: string[]): string {
  return `${name}(${values.join(",")})`;
}
