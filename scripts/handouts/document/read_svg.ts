/**
 * A picture goes into a page, so one bad tag in it could swallow the rest of the page. That is why an SVG is read here
 * first, strictly as XML, and written anew with what drawings are known to need: nothing in it runs, is fetched or
 * read by HTML's parser in another way. One that is more than a drawing (`foreignObject`, scripts) has to stay
 * outside, in an `<img>`.
 *
 * @module
 */
import { isLocal, ownDeclarations, ownRules, settable } from "./styles.ts";
import { attribute, escaped, own, rewrite, style, unescaped } from "./svg.ts";

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

/** Gives a picture that has a size but no viewBox the one it means, so that it can shrink on a phone. */
function scalable(svg: string): string {
  const [width, height] = ["width", "height"].map((side) => own(svg, side)?.match(/^([\d.]+)(?:px)?$/)?.[1]);
  if (own(svg, "viewBox") !== undefined || !width || !height) return svg;
  return svg.replace("<svg", `<svg viewBox="0 0 ${width} ${height}"`);
}
