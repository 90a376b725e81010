/** Style sheets of pictures and outputs, which must not reach out of the block that is written around them. @module */

/**
 * Matches the parts that may hold any bracket: a comment, with its end, a string, a name with signs in it, as in `.md\:w-2`,
 * that is no function's, an address; and the bracket of one in quotes.
 */
const opaque =
  /\/\*[^]*?(\*\/|$)|"(?:[^"\\\n\r\f]|\\[^])*"|'(?:[^'\\\n\r\f]|\\[^])*'|[\w-]*(?:\\[^\n\r\f\da-f][\w-]*)+(?![\w\x80-\uffff(\\-])|(?<![\w\x80-\uffff-])url(?:\(\s*[^\s"'()\\]*\s*\)|(\()(?=\s*["']))/gi;
const closing: Record<string, string> = { "{": "}", "(": ")", "[": "]" };

/** Tells whether CSS closes all that it opens, and nothing else; what could be read in two ways is refused. */
export function isWhole(css: string): boolean {
  const bare = css.replace(opaque, (_, end, bracket) => end === "" ? "'" : bracket ?? "");
  const open: string[] = [];
  for (const bracket of bare.match(/[{}()[\]]/g) ?? []) {
    if (bracket in closing) open.push(closing[bracket]);
    else if (open.pop() !== bracket) return false;
  }
  return open.length === 0 && !/["'\\]|url\(/i.test(bare);
}

/** The properties that may be set in a drawing, as an attribute or by a style. */
export const settable = new RegExp(
  "^(?:--[\\w-]+|(?:fill|stroke|font|text|stop|flood|lighting|clip|mask|marker|color|letter|word|image|shape|vector|" +
    "paint|alignment|baseline|dominant|unicode|writing|mix-blend|background|border|padding|max|min)(?:-[a-z-]+)?|" +
    "opacity|overflow|visibility|display|direction|filter|cursor|isolation|pointer-events|transform(?:-box|-origin)?|" +
    "white-space|vertical-align|width|height|line-height|d|r|[cr]?[xy])$",
  "i",
);
const functions =
  /^(?:|rgba?|hsla?|hwb|(?:ok)?la?[bc]h?|color(?:-mix)?|var|calc|min|max|clamp|matrix|(?:translate|scale|rotate|skew)[xy]?)$/i;

/** Tells whether a value fetches nothing: of addresses it knows none but those of its own drawing. */
export function isLocal(css: string): boolean {
  if (/["'\\@<]/.test(css.replace(/"[^"\\\n]*"|'[^'\\\n]*'/g, ""))) return false;
  return [...css.matchAll(/(?<![\w-])([\w-]*)\((\s*["']?#)?/g)].every(([, name, here]) =>
    name.toLowerCase() === "url" ? here !== undefined : functions.test(name)
  );
}

/** The declarations among some that a drawing may make. */
export function ownDeclarations(css: string): string {
  return css.split(/(?<=;)/).filter((declaration) => isOwn(declaration.replace(/;$/, ""))).join("");
}

function isOwn(declaration: string): boolean {
  return declaration.trim() === "" ||
    (settable.test(declaration.split(":")[0].trim()) && isLocal(declaration));
}
