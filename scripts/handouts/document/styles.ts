/** Checks style sheets of pictures and outputs, which must not escape the block that is written around them. @module */

/**
 * Matches parts that may contain brackets: a comment, a string, an escaped name that is not a function (`.md\:w-2`), a URL
 * without quotes, and the opening bracket of one with quotes.
 */
const opaque =
  /\/\*[^]*?(\*\/|$)|"(?:[^"\\\n\r\f]|\\[^])*"|'(?:[^'\\\n\r\f]|\\[^])*'|[\w-]*(?:\\[^\n\r\f\da-f][\w-]*)+(?![\w\x80-\uffff(\\-])|(?<![\w\x80-\uffff-])url(?:\(\s*[^\s"'()\\]*\s*\)|(\()(?=\s*["']))/gi;
const closing: Record<string, string> = { "{": "}", "(": ")", "[": "]" };

/** Returns true if all brackets of CSS are balanced; ambiguous CSS is refused. */
export function isWhole(css: string): boolean {
  const bare = css.replace(opaque, (_, end, bracket) => end === "" ? "'" : bracket ?? "");
  const open: string[] = [];
  for (const bracket of bare.match(/[{}()[\]]/g) ?? []) {
    if (bracket in closing) open.push(closing[bracket]);
    else if (open.pop() !== bracket) return false;
  }
  return open.length === 0 && !/["'\\]|url\(/i.test(bare);
}

/** The properties allowed in a drawing, as an attribute or in a style. */
export const settable = new RegExp(
  "^(?:--[\\w-]+|(?:fill|stroke|font|text|stop|flood|lighting|clip|mask|marker|color|letter|word|image|shape|vector|" +
    "paint|alignment|baseline|dominant|unicode|writing|mix-blend|background|border|padding|max|min)(?:-[a-z-]+)?|" +
    "opacity|overflow|visibility|display|direction|filter|cursor|isolation|pointer-events|transform(?:-box|-origin)?|" +
    "white-space|vertical-align|width|height|line-height|d|r|[cr]?[xy])$",
  "i",
);
const functions =
  /^(?:|rgba?|hsla?|hwb|(?:ok)?la?[bc]h?|color(?:-mix)?|var|calc|min|max|clamp|matrix|(?:translate|scale|rotate|skew)[xy]?)$/i;

/** Returns true if a value fetches nothing: its URLs refer to the drawing itself. */
export function isLocal(css: string): boolean {
  if (/["'\\@<]/.test(css.replace(/"[^"\\\n]*"|'[^'\\\n]*'/g, ""))) return false;
  return [...css.matchAll(/(?<![\w-])([\w-]*)\((\s*["']?#)?/g)].every(([, name, here]) =>
    name.toLowerCase() === "url" ? here !== undefined : functions.test(name)
  );
}

/** The declarations that are allowed in a drawing. */
export function ownDeclarations(css: string): string {
  return css.split(/(?<=;)/).filter((declaration) => isOwn(declaration.replace(/;$/, ""))).join("");
}

function isOwn(declaration: string): boolean {
  return declaration.trim() === "" ||
    (settable.test(declaration.split(":")[0].trim()) && isLocal(declaration));
}
