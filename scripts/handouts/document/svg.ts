/**
 * Seals drawings off from their page. An SVG is rewritten with an allowlist of elements and attributes, so that nothing in it
 * runs or is fetched. One with anything else (style sheets, animations, `foreignObject`, scripts) goes into an `<img>`.
 *
 * @module
 */
import { pictureUrl } from "./data_url.ts";
import { isLocal, ownDeclarations, settable } from "./styles.ts";
import { type Element, elementsIn, elementsOf, h, parseXml, toHtml, wordsOf } from "./tree.ts";

/** The allowed elements, in lower case, since HTML's parser ignores case. */
const drawing = new Set(
  ("svg g defs symbol use a title desc style path rect circle ellipse line polyline polygon text tspan textpath " +
    "image clippath mask pattern marker lineargradient radialgradient stop").split(" "),
);

/** The allowed attributes, in addition to those that styles may set. */
const attributes = new Set(
  ("id class lang role tabindex xmlns xmlns:xlink xml:space version points offset rotate pathlength " +
    "viewbox preserveaspectratio x1 x2 y1 y2 cx cy dx dy fx fy fr textlength lengthadjust startoffset method side " +
    "spacing refx refy orient markerwidth markerheight markerunits gradientunits gradienttransform spreadmethod " +
    "patternunits patterncontentunits patterntransform clippathunits maskunits maskcontentunits target rel")
    .split(" "),
);

/** Reads an SVG; returns the reason if it is broken. */
export function readSvg(source: string) {
  const { nodes, left } = parseXml(source);
  const [svg, ...others] = nodes.filter((node) => typeof node !== "string" || node.trim() !== "");
  if (left) return `<${left}> is never closed`;
  if (typeof svg !== "object" || svg.tag !== "svg" || others.length > 0) return "its root is not one <svg>";
  return drawingOf(svg);
}

/**
 * Filters a picture. If it is `plain`, its page may contain it inline. A picture with a size but no viewBox gets the implied
 * one, so that it can shrink on a phone.
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
  const isStyled = elementsOf([svg]).some(({ tag }) => tag.toLowerCase() === "style");
  return { svg, plain: drawn !== undefined && !isStyled };
}

/** An element with allowed attributes only; undefined if it contains an element that is not allowed. */
function withoutOthers({ tag, attributes, children }: Element): Element | undefined {
  if (!drawing.has(tag.toLowerCase())) return;
  if (/^(?:title|desc|style)$/i.test(tag) && elementsIn(children).length > 0) return;
  const own = Object.entries(attributes).map(([name, value]) => [name, ownValue(tag, name, value)]);
  const inside = children.map((child) => typeof child === "string" ? child : withoutOthers(child));
  if (inside.every((it) => it !== undefined)) return h(tag, Object.fromEntries(own), inside);
}

/** The value to keep for an attribute; undefined if it is not allowed. */
function ownValue(tag: string, attribute: string, value: string): string | undefined {
  const name = attribute.toLowerCase();
  if (name === "style") return ownDeclarations(value) || undefined;
  const isOwn = /^(?:xlink:)?href$/.test(name)
    ? isOwnAddress(tag, value)
    : /^(?:aria|data)-[\w-]+$/.test(name) ||
      ((attributes.has(name) || settable.test(name)) && isLocal(value));
  return isOwn ? value : undefined;
}

function isOwnAddress(tag: string, value: string): boolean {
  if (/^\s*#/.test(value)) return true;
  if (tag === "image") return value.startsWith("data:image/");
  return tag === "a" && /^(?:(?:https?|mailto):|[^:]*$)/i.test(value);
}

/**
 * Turns a picture that is more than a drawing into an image, in which nothing runs or is fetched, on a white ground unless it
 * follows the colour scheme. Its scripts are removed, since Markdown puts it in a file that may be opened by itself.
 */
export function asImage(svg: Element, alt = "Picture"): Element {
  for (const { tag, attributes, children } of elementsOf([svg])) {
    for (const [name, value] of Object.entries(attributes)) {
      if (!/^(?!on)[\w:.-]+$/i.test(name) || /^\s*javascript:/i.test(value)) delete attributes[name];
    }
    const silent = children.filter((child) => typeof child === "string" || !/^script$/i.test(child.tag));
    children.splice(0, Infinity, ...silent);
    if (!/^foreignobject$/i.test(tag)) continue;
    for (const child of elementsIn(children)) child.attributes.xmlns ??= "http://www.w3.org/1999/xhtml";
  }
  const source = toHtml(svg);
  const paper = /prefers-color-scheme/i.test(source) ? undefined : "paper";
  return h("img", { src: pictureUrl("image/svg+xml", source), alt: labelOf(svg) || alt, class: paper });
}

/** The description of a picture: its label or title. */
export function labelOf(svg: Element): string {
  return svg.attributes["aria-label"] || wordsOf(elementsOf([svg]).find(({ tag }) => tag === "title") ?? "");
}

/** Seals a drawing: its source replaces its children, and its description becomes `alt`, as for other pictures. */
export function seal(svg: Element): Element {
  const attributes = { ...svg.attributes, alt: labelOf(svg) };
  return Object.assign(svg, { attributes, source: toHtml(svg), children: [] });
}
