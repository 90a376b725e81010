/**
 * Data for Typst, as JSON in a string literal. So whatever a notebook says (`#`, `$`, `@`, `*`, `//`) stays text, and
 * nothing needs a list of exceptions. Control characters that no page can show are dropped.
 */
export function data(value: unknown): string {
  const clean = (_key: string, value: unknown) =>
    typeof value === "string"
      // deno-lint-ignore no-control-regex
      ? value.toWellFormed().replaceAll("\t", "    ").replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]/g, "")
      : value;
  return `json(bytes(${JSON.stringify(JSON.stringify(value, clean))}))`;
}
