import { svgFile } from "../document/data_url.ts";
import { readSvg } from "../document/svg.ts";
import { toHtml } from "../document/tree.ts";

/** A style sheet, or the opening tag of an element. */
const part = /<style[^>]*>[^]*?<\/style>|<[a-zA-Z](?:"[^"]*"|'[^']*'|[^"'>])*>/g;
/** Rules for dark screens: Typst's reader of CSS knows no `@media`. */
const media = /@media[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g;
const font = "font-(?:family|weight|style|stretch|variant)\\s*";
const [fontAttribute, fontRule] = [`\\s${font}=\\s*("[^"]*"|'[^']*')`, `(?<![\\w-])${font}:[^;}<]*`].map((
  pattern,
) => new RegExp(pattern, "g"));

/**
 * An SVG as Typst's reader wants it: no rules for screens, and for all text Typst's own serif, or its monospaced font
 * where the picture asks for one, since a font that only some machines have would make other bytes on each. It is one
 * face alone, without weights and slants: where a picture has several, their order in the PDF is left to chance.
 * Undefined, where the source is not XML.
 */
export function printableSvg(source: string): Uint8Array | undefined {
  const reading = readSvg(source);
  if (typeof reading === "string") return undefined;
  const { attributes } = reading.svg;
  const svg = svgFile(
    toHtml(reading.svg).replace(part, (text) => {
      if (text.startsWith("<style")) return printableCss(text);
      return text.replace(fontAttribute, "").replace(
        /(\sstyle\s*=\s*)(["'])([^]*?)\2/g,
        (_all, name, quote, css) => name + quote + printableCss(css) + quote,
      );
    }),
  );
  const isLinked = svg.includes("xlink:") && !/\sxmlns:xlink\s*=/.test(svg.match(part)![0]);
  const xlink = isLinked ? ' xmlns:xlink="http://www.w3.org/1999/xlink"' : "";
  const isCode = /\bmonospace$/.test(attributes["font-family"]);
  const face = isCode ? "DejaVu Sans Mono" : "Libertinus Serif";
  return new TextEncoder().encode(`<svg${xlink} font-family="${face}"${svg.slice(4)}`);
}

function printableCss(css: string): string {
  const withSizes = css.replace(media, "").replace(/@scope[^{]*\{([^]*)\}(?=<\/style>)/, "$1").replace(
    /(?<![\w-])font\s*:([^;}<]*)/g,
    (_all, font) => `font-size:${font.match(/[\d.]+(px|pt|r?em|%)/)?.[0] ?? "inherit"}`,
  );
  return withSizes.replace(fontRule, "");
}
