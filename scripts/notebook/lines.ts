// deno-lint-ignore no-control-regex
const line = /[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|.+$/gs;

/**
 * The lines of a text, each with its end, as Python's `splitlines(keepends=True)` gives them, and hence as notebooks
 * hold them on a disk.
 *
 * @example
 * ```ts
 * splitLines("one\ntwo"); // ["one\n", "two"]
 * ```
 */
export function splitLines(text: string): string[] {
  return text.match(line) ?? [];
}
