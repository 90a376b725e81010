/**
 * Drawings: what stands in a page must not reach out of its place. So an SVG is written anew with what drawings are known
 * to need: nothing in it runs or is fetched. One that is more than a drawing (`foreignObject`, scripts) has to stay outside,
 * in an `<img>`.
 *
 * @module
 */
import { pictureUrl } from "./data_url.ts";
import type { Names } from "./names.ts";
import { isLocal, ownDeclarations, ownRules, settable } from "./styles.ts";
import { type Element, elementsIn, elementsOf, h, parseXml, toHtml, wordsOf } from "./tree.ts";

/** In small letters, since HTML's parser takes these names in any. */
const drawing = new Set(
  ("svg g defs symbol use a title desc style path rect circle ellipse line polyline polygon text tspan textpath " +
    "image clippath mask pattern marker lineargradient radialgradient stop filter animate").split(" "),
);

/** The attributes of a drawing beside those that styles may set too. */
const attributes = new Set(
  ("id class lang role tabindex xmlns xmlns:xlink xml:space version points offset rotate pathlength " +
    "viewbox preserveaspectratio x1 x2 y1 y2 cx cy dx dy fx fy fr z textlength lengthadjust startoffset method side " +
    "spacing refx refy orient markerwidth markerheight markerunits gradientunits gradienttransform spreadmethod " +
    "patternunits patterncontentunits patterntransform clippathunits maskunits maskcontentunits filterunits " +
    "primitiveunits in in2 result mode operator k1 k2 k3 k4 stddeviation radius type values tablevalues slope " +
    "intercept amplitude exponent order scale xchannelselector ychannelselector basefrequency numoctaves seed " +
    "stitchtiles surfacescale diffuseconstant specularconstant specularexponent azimuth elevation kernelmatrix " +
    "edgemode divisor bias attributetype begin dur end from to by repeatcount calcmode keytimes " +
    "keysplines additive accumulate media target rel").split(" "),
);

/** Reads an SVG; a sentence, where it is broken. */
export function readSvg(source: string) {
  const { nodes, left } = parseXml(source);
  const [svg, ...others] = nodes.filter((node) => typeof node !== "string" || node.trim() !== "");
  if (left) return `<${left}> is never closed`;
  if (typeof svg !== "object" || svg.tag !== "svg" || others.length > 0) return "its root is not one <svg>";
  return drawingOf(svg);
}

/**
 * The picture as its page may hold it where it is `plain`, and else as it came. One that has a size but no viewBox gets the
 * one it means, so that it can shrink on a phone.
 */
export function drawingOf(whole: Element) {
  const drawn = withoutOthers(whole);
  const svg = drawn ?? whole;
  const [width, height] = ["width", "height"].map((side) =>
    /^([\d.]+)(?:px)?$/.exec(svg.attributes[side])?.[1]
  );
  if (width && height && !svg.attributes.viewBox) {
    svg.attributes = { viewBox: `0 0 ${width} ${height}`, ...svg.attributes };
  }
  return { svg, plain: drawn !== undefined };
}

/** An element with what drawings are known to need; undefined where there is more in it. */
function withoutOthers({ tag: name, attributes, children }: Element): Element | undefined {
  const tag = name.toLowerCase() === "style" ? "style" : name;
  if (!drawing.has(tag.toLowerCase()) && !/^fe[A-Z]\w*$/.test(tag)) return;
  if (/^(?:title|desc|style)$/i.test(tag) && elementsIn(children).length > 0) return;
  const own = Object.entries(attributes).map(([name, value]) => [name, ownValue(tag, name, value)]);
  const inside = tag === "style"
    ? [ownRules(wordsOf(children))]
    : children.map((child) => typeof child === "string" ? child : withoutOthers(child));
  if (inside.every((it) => it !== undefined)) return h(tag, Object.fromEntries(own), inside);
}

/** The value that an attribute of a drawing keeps; undefined where it is left out. */
function ownValue(tag: string, attribute: string, value: string): string | undefined {
  const name = attribute.toLowerCase();
  if (name === "style") return ownDeclarations(value) || undefined;
  const isOwn = /^(?:xlink:)?href$/.test(name)
    ? isOwnAddress(tag, value)
    : /^(?:aria|data)-[\w-]+$/.test(name) || (name === "attributename" && settable.test(value)) ||
      ((attributes.has(name) || settable.test(name)) && isLocal(value));
  return isOwn ? value : undefined;
}

function isOwnAddress(tag: string, value: string): boolean {
  if (/^\s*#/.test(value)) return true;
  if (tag === "image") return value.startsWith("data:image/");
  return tag === "a" && /^(?:(?:https?|mailto):|[^:]*$)/i.test(value);
}

/** The size of a picture in pixels, or in percent of its room, where its author gave it one: one side will do. */
export type Size = Partial<Record<"width" | "height" | "data-sized", string>>;

/** The attributes of a drawing in the size that its author gave it. */
export function sized(attributes: Element["attributes"], size: Size): Element["attributes"] {
  if (!size.width && !size.height) return attributes;
  const [across, down] = attributes.viewBox?.trim().split(/[\s,]+/).slice(2).map(Number) ?? [300, 150]; // as in HTML
  const other = (side = "", ratio: number) => side.endsWith("%") ? "auto" : `${Number(side) * ratio}`;
  const { width = other(size.height, across / down), height = other(size.width, down / across) } = size;
  const { width: _, height: __, ...others } = attributes;
  return { "data-sized": "", width, height, ...others };
}

/** A picture that is more than a drawing, in an image, where nothing in it runs or is fetched. */
export function apart(svg: Element, size: Size = {}): Element {
  for (const { tag, attributes, children } of elementsOf([svg])) {
    for (const name in attributes) if (!/^[\w:.-]+$/.test(name)) delete attributes[name];
    if (!/^foreignobject$/i.test(tag)) continue;
    for (const child of elementsIn(children)) child.attributes.xmlns ??= "http://www.w3.org/1999/xhtml";
  }
  return h("img", { src: pictureUrl("image/svg+xml", toHtml(svg)), alt: labelOf(svg), ...size });
}

/** The first of a picture's texts that says what it shows. */
export function labelOf(svg: Element): string {
  return svg.attributes["aria-label"] || wordsOf(elementsOf([svg]).find(({ tag }) => tag === "title") ?? "");
}

/**
 * Seals a drawing off from its page: its styles reach no further than itself, and the classes of one that stands `alone`
 * get names that the page has no styles for.
 */
export function seal(svg: Element, ids: Names, alone = false): Element {
  const elements = [...elementsOf([svg])];
  const styles = elements.filter(({ tag }) => tag === "style");
  const classed = elements.filter(({ attributes }) => alone && attributes.class !== undefined);
  if (styles.length + classed.length === 0) return svg;
  const scope = styles.length > 0 && svg.attributes.id || ids.claim("picture");
  const classes = new Set(classed.flatMap(({ attributes }) => attributes.class.split(/\s+/)));
  for (const { attributes } of classed) {
    attributes.class = attributes.class.trim().replace(/\S+/g, (name) => `${scope}-${name}`);
  }
  for (const style of styles) {
    const rules = wordsOf(style)
      .replace(/\.([\w-]+)/g, (all, name) => classes.has(name) ? `.${scope}-${name}` : all);
    style.children = [`@scope (#${scope}){${rules}}`];
  }
  if (styles.length > 0) svg.attributes = { id: scope, ...svg.attributes };
  return svg;
}

/** The drawing as its page takes it: its source alone, and `alt`, which says what it shows, as that of other pictures does. */
export function closed(svg: Element): Element {
  const attributes = { ...svg.attributes, alt: labelOf(svg) };
  return Object.assign(svg, { attributes, source: toHtml(svg), children: [] });
}
