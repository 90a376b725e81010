import { readSvg } from "../document/svg.ts";
import { elementsOf, h, toHtml, wordsOf } from "../document/tree.ts";

/** CSS in which each `font` shorthand, which Typst's SVG reader does not parse, is reduced to a `font-size`. */
const withSizes = (css: string) =>
  css.replace(/(?<![\w-])font\s*:[^;}<]*?([\d.]+(?:px|pt|r?em|%))[^;}<]*/g, "font-size:$1");

/**
 * An SVG as Typst's reader takes it, or undefined if it is not XML. All text is in Typst's own serif, or its monospaced font
 * if the picture asks for one: a font that only some machines have would give other bytes on each.
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
  if ("data-sized" in svg.attributes) { // Typst would distort a picture that gives one side only
    delete svg.attributes.width;
    delete svg.attributes.height;
  }
  const face = /\bmonospace/.test(svg.attributes["font-family"]) ? "DejaVu Sans Mono" : "Libertinus Serif";
  svg.children.push(h("style", {}, `*{font-family:${face}!important}`));
  const xmlns = { xmlns: "http://www.w3.org/2000/svg", "xmlns:xlink": "http://www.w3.org/1999/xlink" };
  svg.attributes = { ...xmlns, ...svg.attributes };
  return new TextEncoder().encode(toHtml(svg));
}
