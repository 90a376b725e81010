import { readSvg } from "../document/svg.ts";

/** A style sheet, or the opening tag of an element. */
const part = /<style[^>]*>[^]*?<\/style>|<[a-zA-Z](?:"[^"]*"|'[^']*'|[^"'>])*>/g;

/**
 * An SVG as Typst's reader wants it: no rules for screens, and Typst's own serif for all text, since a font that only
 * some machines have would make other bytes on each. It is one face alone, without weights and slants: where a picture
 * has several, their order in the PDF is left to chance. Nothing, where the source is not XML.
 */
export function printableSvg(source: string): string | undefined {
  const reading = readSvg(source);
  if (!reading.ok) return undefined;
  const svg = reading.svg.replace(part, (text) => withoutFonts(withoutMedia(text)));
  const root = svg.match(part)![0];
  const missing = [
    /\sxmlns\s*=/.test(root) ? "" : ' xmlns="http://www.w3.org/2000/svg"',
    /\sxmlns:xlink\s*=/.test(root) || !svg.includes("xlink:")
      ? ""
      : ' xmlns:xlink="http://www.w3.org/1999/xlink"',
    ' font-family="Libertinus Serif"',
  ];
  return `<svg${missing.join("")}${svg.slice(4)}`;
}

function withoutFonts(text: string): string {
  if (text.startsWith("<style")) return withoutFontRules(text);
  return text
    .replace(/\sfont-(family|weight|style|stretch|variant)\s*=\s*("[^"]*"|'[^']*')/g, "")
    .replace(/(\sstyle\s*=\s*)("[^"]*"|'[^']*')/g, (_all, name, value) => {
      const quote = value[0];
      return name + quote + withoutFontRules(value.slice(1, -1)) + quote;
    });
}

function withoutFontRules(css: string): string {
  return css
    .replace(/(?<![\w-])font-(family|weight|style|stretch|variant)\s*:[^;}<]*/g, "")
    .replace(
      /(?<![\w-])font\s*:([^;}<]*)/g,
      (_all, font) => `font-size:${font.match(/[\d.]+(px|pt|r?em|%)/)?.[0] ?? "inherit"}`,
    );
}

/** What a picture shows, in its own words. */
export function svgLabel(svg: string): string | undefined {
  const root = svg.slice(0, svg.indexOf(">"));
  const label = root.match(/\saria-label\s*=\s*(?:"([^"]*)"|'([^']*)')/) ??
    svg.match(/<title[^>]*>([^<]+)<\/title>/);
  return label?.slice(1).find(Boolean)?.replace(
    /&(lt|gt|quot|#39|apos|amp);/g,
    (_all, name) => entities[name],
  );
}

const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", apos: "'", amp: "&" };

/** Rules for dark screens have no place on paper, and this reader of CSS knows no `@media`. */
function withoutMedia(style: string): string {
  let out = "";
  for (let at = 0; at < style.length;) {
    const start = style.indexOf("@media", at);
    if (start < 0) return out + style.slice(at);
    out += style.slice(at, start);
    let depth = 0;
    for (at = start; at < style.length; at++) {
      if (style[at] === "{") depth++;
      else if (style[at] === "}" && --depth === 0) break;
      else if (style.startsWith("</style", at)) return out + style.slice(at);
    }
    at++;
  }
  return out;
}
