import { readSvg } from "../svg.ts";

/**
 * An SVG as Typst's reader wants it: no rules for screens, and none but Typst's own fonts, since a font that only some
 * machines have would make other bytes on each. Nothing, where it is not XML.
 */
export function printableSvg(source: string): string | undefined {
  const reading = readSvg(source);
  if (!reading.ok) return undefined;
  const svg = reading.svg
    .replace(/<style[^>]*>[^]*?<\/style>/g, withoutMedia)
    .replace(/(\sfont-family\s*=\s*)(?:"([^"]*)"|'([^']*)')/g, (_all, start, a, b) => `${start}"${family(a ?? b)}"`)
    .replace(/(font-family\s*:)([^;}"<]*)/g, (_all, start, families) => `${start}${family(families)}`)
    .replace(/(font-weight\s*(?:=\s*["']|:\s*))(\d+)/g, (_all, start, weight) => start + hundreds(Number(weight)));
  const root = svg.slice(0, svg.indexOf(">"));
  const missing = [
    /\sxmlns\s*=/.test(root) ? "" : ' xmlns="http://www.w3.org/2000/svg"',
    /\sxmlns:xlink\s*=/.test(root) || !svg.includes("xlink:") ? "" : ' xmlns:xlink="http://www.w3.org/1999/xlink"',
    /\sfont-family\s*=/.test(root) ? "" : ` font-family="${family("")}"`,
  ];
  return `<svg${missing.join("")}${svg.slice(4)}`;
}

/** What a picture shows, in its own words. */
export function svgLabel(svg: string): string | undefined {
  const root = svg.slice(0, svg.indexOf(">"));
  const label = root.match(/\saria-label\s*=\s*(?:"([^"]*)"|'([^']*)')/) ?? svg.match(/<title[^>]*>([^<]+)<\/title>/);
  return label?.slice(1).find(Boolean)?.replace(/&(lt|gt|quot|#39|apos|amp);/g, (_all, name) => entities[name]);
}

const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", apos: "'", amp: "&" };

function family(families: string): string {
  return /mono|courier|consolas|menlo/i.test(families) ? "DejaVu Sans Mono" : "Libertinus Serif";
}

/** The reader of SVG knows 100, 200 and so on, and takes any other weight for none. */
function hundreds(weight: number): number {
  return Math.min(Math.max(Math.round(weight / 100 - 0.01) * 100, 100), 900);
}

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
