import { readSvg } from "../document/read_svg.ts";
import { own, rewrite, svgFile } from "../document/svg.ts";

/** Rules with the size of a font in place of all that may be said of one, of which Typst's reader knows too little. */
const withSizes = (css: string) =>
  css.replace(/(?<![\w-])font\s*:[^;}<]*?([\d.]+(?:px|pt|r?em|%))[^;}<]*/g, "font-size:$1");

/**
 * An SVG as Typst's reader wants it: for all text Typst's own serif, or its monospaced font where the picture asks for
 * one, since a font that only some machines have would make other bytes on each. It is one face alone, without weights
 * and slants: where a picture has several, their order in the PDF is left to chance. Undefined, where the source is not
 * XML.
 */
export function printableSvg(source: string): Uint8Array | undefined {
  const reading = readSvg(source);
  if (!reading.ok) return undefined;
  const css = (rules: string) => withSizes(rules).replace(/^@scope[^{]*\{([^]*)\}$/, "$1");
  const svg = svgFile(
    rewrite(reading.svg, (name, value) => name === "style" ? withSizes(value) : value, css),
  );
  const isLinked = svg.includes("xlink:") && own(svg, "xmlns:xlink") === undefined;
  const xlink = isLinked ? ' xmlns:xlink="http://www.w3.org/1999/xlink"' : "";
  const face = /\bmonospace/.test(own(svg, "font-family") ?? "") ? "DejaVu Sans Mono" : "Libertinus Serif";
  const font = [`family:${face}`, "weight:400", "style:normal", "stretch:normal", "variant:normal"];
  const style = `<style>*{${font.map((rule) => `font-${rule}!important`).join(";")}}</style>`;
  return new TextEncoder().encode(`<svg${xlink}${svg.slice(4).replace(/(?=<\/svg>\s*$)/, style)}`);
}
