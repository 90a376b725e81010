import { readSvg } from "../document/svg.ts";
import { elementsOf, h, toHtml, wordsOf } from "../document/tree.ts";

/** Rules with the size of a font in place of all that may be said of one, of which Typst's reader knows too little. */
const withSizes = (css: string) =>
  css.replace(/(?<![\w-])font\s*:[^;}<]*?([\d.]+(?:px|pt|r?em|%))[^;}<]*/g, "font-size:$1");

/**
 * An SVG as Typst's reader wants it: for all text Typst's own serif, or its monospaced font where the picture asks for
 * one, since a font that only some machines have would make other bytes on each. Undefined, where the source is not XML.
 */
export function printableSvg(source: string): Uint8Array | undefined {
  const reading = readSvg(source);
  if (typeof reading === "string") return undefined;
  const { svg } = reading;
  for (const { tag, attributes, children } of elementsOf([svg])) {
    if (attributes.style) attributes.style = withSizes(attributes.style);
    if (tag !== "style") continue;
    children.splice(0, Infinity, withSizes(wordsOf(children)));
  }
  if ("data-sized" in svg.attributes) { // Typst takes one side alone for a picture of other proportions
    delete svg.attributes.width;
    delete svg.attributes.height;
  }
  const face = /\bmonospace/.test(svg.attributes["font-family"]) ? "DejaVu Sans Mono" : "Libertinus Serif";
  svg.children.push(h("style", {}, `*{font-family:${face}!important}`));
  const xmlns = { xmlns: "http://www.w3.org/2000/svg", "xmlns:xlink": "http://www.w3.org/1999/xlink" };
  svg.attributes = { ...xmlns, ...svg.attributes };
  return new TextEncoder().encode(toHtml(svg));
}
