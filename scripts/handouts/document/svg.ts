/**
 * A picture goes into a page, so one bad tag in it could swallow the rest of the page. That is why an SVG is read here
 * first, strictly as XML, and written anew with what drawings are known to need: nothing in it runs, is fetched or
 * read by HTML's parser in another way. One that is more than a drawing (`foreignObject`, scripts) has to stay
 * outside, in an `<img>`.
 */

import { decoded, type Names } from "./names.ts";
import { isLocal, ownDeclarations, ownRules, settable } from "./styles.ts";

/** What `readSvg` found: the bare `<svg>` element, as a page may hold it where it is `plain`, or what is wrong with it. */
export type SvgReading = { ok: true; svg: string; plain: boolean } | { ok: false; error: string };

const token =
  /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<!DOCTYPE[^[>]*(?:\[[^\]]*\]\s*)?>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/y;

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
    "edgemode divisor bias attributename attributetype begin dur end from to by repeatcount calcmode keytimes " +
    "keysplines additive accumulate media target rel").split(" "),
);

/** Reads an SVG strictly: every tag closed in its place, every attribute quoted, one root named svg. */
export function readSvg(source: string): SvgReading {
  const open: string[] = [];
  let [plain, start, end, drawn] = [true, -1, -1, ""];
  const bad = (error: string): SvgReading => ({ ok: false, error });
  const lineOf = (at: number) => source.slice(0, at).split("\n").length;
  token.lastIndex = 0;
  for (let at = 0; at < source.length; at = token.lastIndex) {
    const match = token.exec(source);
    if (!match) return bad(`line ${lineOf(at)} is not XML`);
    const [text, closing, name, attributes, empty] = match;
    if (name === undefined) {
      const isText = !text.startsWith("<");
      if (open.length > 0) drawn += isText ? text : text.startsWith("<![") ? escaped(text.slice(9, -3)) : "";
      else if (isText && text.trim()) return bad("there is text outside of <svg>");
      continue;
    }
    const tag = name.toLowerCase() === "style" ? "style" : name;
    if (closing) {
      if (open.pop() !== name) return bad(`</${name}> on line ${lineOf(at)} closes nothing`);
      drawn += `</${tag}>`;
    } else {
      if (open.length === 0 && (name !== "svg" || start >= 0)) return bad("its root is not one <svg>");
      if (start < 0) start = at;
      const names = [...attributes.matchAll(attribute)].map(([, , name]) => name);
      if (new Set(names).size < names.length) return bad(`<${name}> has an attribute twice`);
      if (!drawing.has(name.toLowerCase()) && !/^fe[A-Z]\w*$/.test(name)) plain = false;
      if (/^(?:title|desc|style)$/i.test(open.at(-1) ?? "")) plain = false;
      const own = rewrite(text.replace(name, tag), (name, value) => ownValue(tag, name.toLowerCase(), value));
      drawn += tag === "style" && empty ? "" : own;
      if (!empty) open.push(name);
    }
    if (open.length === 0) end = token.lastIndex;
  }
  if (open.length > 0) return bad(`<${open.at(-1)}> is never closed`);
  if (start < 0) return bad("there is no <svg> in it");
  drawn = drawn.replace(style, (_all, open, css, close) => {
    const rules = ownRules(unescaped(css));
    plain &&= rules !== undefined;
    return open + (rules === css ? css : escaped(rules ?? "")) + close;
  });
  return { ok: true, svg: scalable(plain ? drawn : source.slice(start, end)), plain };
}

/** The value that an attribute of a drawing keeps; undefined where it is left out. */
function ownValue(tag: string, name: string, value: string): string | undefined {
  const plain = unescaped(value);
  const own = name === "style" ? ownDeclarations(plain) : plain;
  if (own === "" && plain !== "" || !isOwnValue(tag, name, own)) return;
  return own === value && !value.includes("&") ? value : escaped(own);
}

function isOwnValue(tag: string, name: string, value: string): boolean {
  if (name === "style" || /^(?:aria|data)-[\w-]+$/.test(name)) return true;
  if (name === "attributename") return settable.test(value);
  if (!/^(?:xlink:)?href$/.test(name)) return (attributes.has(name) || settable.test(name)) && isLocal(value);
  if (/^\s*#/.test(value)) return true;
  return /^a$/i.test(tag)
    ? /^(?:(?:https?|mailto):|[^:]*$)/i.test(value)
    : tag === "image" && value.startsWith("data:image/");
}

const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&", "#160": "\xa0" };
const named = Object.fromEntries(Object.entries(entities).map(([name, letter]) => [letter, `&${name};`]));

function unescaped(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));?/gi, (all, hex, decimal, name) => {
    const code = hex ? parseInt(hex, 16) : Number(decimal);
    return name ? entities[name] ?? all : code < 0x110000 ? String.fromCodePoint(code) : all;
  });
}

const escaped = (text: string) => text.replace(/[&<>"'\xa0]/g, (letter) => named[letter]);

const startTag = /<[\w:.-]+(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))+/g;
const attribute = /(\s([\w:.-]+)\s*=\s*)(["'])([^]*?)\3/g;
const style = /(<style(?:"[^"]*"|'[^']*'|[^"'>])*>)([^]*?)(<\/style>)/g;

/** The value of an attribute that a picture's own tag has. */
function own(svg: string, name: string): string | undefined {
  return svg.match(new RegExp(`^<svg[^<]*?\\s${name}\\s*=\\s*(["'])([^]*?)\\1`))?.[2];
}

/** Gives a picture that has a size but no viewBox the one it means, so that it can shrink on a phone. */
function scalable(svg: string): string {
  const [width, height] = ["width", "height"].map((side) => own(svg, side)?.match(/^([\d.]+)(?:px)?$/)?.[1]);
  if (own(svg, "viewBox") !== undefined || !width || !height) return svg;
  return svg.replace("<svg", `<svg viewBox="0 0 ${width} ${height}"`);
}

/** The size of a picture in pixels, or in percent of its room, where its author gave it one: one side will do. */
export type Size = Partial<Record<"width" | "height" | "data-sized", string>>;

/** The picture in the size that its author gave it. */
export function sized(svg: string, given: Size): string {
  if (!given.width && !given.height) return svg;
  const [across, down] = own(svg, "viewBox")?.trim().split(/[\s,]+/).slice(2).map(Number) ?? [300, 150]; // as in HTML
  const other = (side = "", ratio: number) => side.endsWith("%") ? "auto" : Number(side) * ratio;
  const { width = other(given.height, across / down), height = other(given.width, down / across) } = given;
  const tag = svg.match(startTag)?.[0] ?? "<svg";
  const bare = tag.replace(attribute, (all, _start, name) => /^(?:width|height)$/.test(name) ? "" : all);
  return `<svg data-sized="" width="${width}" height="${height}"${bare.slice(4)}${svg.slice(tag.length)}`;
}

const words = (text: string, to: (word: string) => string) => text.trim().split(/\s+/).map(to).join(" ");
const inUrl = (text: string, to: (id: string) => string) =>
  text.replace(/url\((["']?)#([^"')]+)\1\)/g, (_all, quote, id) => `url(${quote}#${to(id)}${quote})`);

/** The ids in a picture. */
export function svgIds(svg: string): string[] {
  return [...svg.matchAll(startTag)].flatMap(([tag]) => tag.match(/\sid\s*=\s*["']([^"']*)/)?.[1] ?? []);
}

/** The value of an attribute, with other ids in it. */
function withIds(name: string, value: string, to: (id: string) => string): string {
  if (name === "id") return to(value);
  if (/^(?:xlink:)?href$/.test(name) && value.startsWith("#")) return `#${to(value.slice(1))}`;
  return /^aria-(?:labelled|described)by$/.test(name) ? words(value, to) : inUrl(value, to);
}

/** Markup with other values of attributes, without those that get none, and with other styles. */
function rewrite(
  markup: string,
  valueOf: (name: string, value: string) => string | undefined,
  rulesOf = (css: string) => css,
): string {
  const changed = (_all: string, start: string, name: string, quote: string, given: string) => {
    const value = valueOf(name, given);
    return value === undefined ? "" : start + quote + value + quote;
  };
  return markup.replace(startTag, (tag) => tag.replace(attribute, changed))
    .replace(style, (_all, open, css, close) => open + rulesOf(css) + close);
}

/** Gives a page's markup, and the pictures in it, other ids, with the references to them. */
export function renameIds(html: string, to: (id: string) => string): string {
  const ids = new Set(svgIds(html));
  const known = (id: string) => ids.has(decoded(id)) ? to(id) : id;
  return rewrite(
    html,
    (name, value) => withIds(name, value, known),
    (css) => inUrl(css, known).replace(/#([\w-]+)/g, (hash, id) => ids.has(id) ? `[id="${to(id)}"]` : hash),
  );
}

/**
 * Seals a picture off from its page: `to` renames its ids, with the references to them, and its styles reach no further
 * than the picture. The classes of one that stands `alone` get names that the page has no styles for.
 */
export function sealSvg(svg: string, to: (id: string) => string, ids: Names, alone = false): string {
  const isStyled = /<style/.test(svg);
  const id = isStyled ? own(svg, "id") : undefined;
  const scope = id !== undefined ? to(id) : isStyled || / class=/.test(svg) ? ids.claim("picture") : "";
  const [renamed, classes] = [new Set(svgIds(svg)), new Set<string>()];
  const sealed = rewrite(svg, (name, value) => {
    if (name !== "class" || !alone) return withIds(name, value, to);
    return words(value, (name) => `${scope}-${classes.add(name) && name}`);
  }, (css) => {
    const rules = css.replace(/#([\w-]+)/g, (hash, id) => renamed.has(id) ? `#${to(id)}` : hash)
      .replace(/\.([\w-]+)/g, (dot, name) => classes.has(name) ? `.${scope}-${name}` : dot);
    return `@scope (#${scope}){${rules}}`;
  });
  return isStyled && id === undefined ? sealed.replace("<svg", `<svg id="${scope}"`) : sealed;
}

/** The first of a picture's texts that says what it shows. */
export function labelOf(svg: string): string | undefined {
  const label = own(svg, "aria-label") || svg.match(/<title[^>]*>([^<]+)<\/title>/)?.[1];
  return label && unescaped(label);
}

/** The picture with a role and a name for who cannot see it: `alt`, where it has none of its own. */
export function labelled(svg: string, alt: string): string {
  const role = own(svg, "role") === undefined ? ` role="img"` : "";
  const isNamed = own(svg, "aria-labelledby") !== undefined || own(svg, "aria-label") !== undefined ||
    labelOf(svg);
  return svg.replace("<svg", `<svg${role}${isNamed ? "" : ` aria-label="${alt}"`}`);
}

/** A picture as a file of its own, which has to say that it is SVG. */
export function svgFile(svg: string): string {
  return own(svg, "xmlns") ? svg : svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
}
