/**
 * Typst is written here as code, never as markup: text goes in as string literals, in which JSON and Typst agree. So
 * whatever a notebook says (`#`, `$`, `@`, `*`, `//`) stays text, and nothing needs a list of exceptions.
 *
 * @module
 */

/** Text as a Typst string literal. Control characters that no page can show are dropped. */
export function quoted(text: string): string {
  // deno-lint-ignore no-control-regex
  return JSON.stringify(text.toWellFormed().replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]/g, ""));
}

/** Expressions and lists of them, one after another, as one piece of content; none of them is the empty content. */
export function content(...expressions: (string | string[])[]): string {
  const all = expressions.flat();
  return all.length === 1 ? all[0] : `{[];${all.map((expression) => `${expression};`).join("")}}`;
}

/** An array; the last comma keeps one of a single value from being a mere value in parentheses. */
export function array(values: readonly string[]): string {
  return `(${values.map((value) => `${value},`).join("")})`;
}

/** A call of one of the template's functions, or Typst's own. */
export function call(name: string, ...values: (string | string[])[]): string {
  return `${name}(${values.flat().join(",")})`;
}
