/** Drawings as text: `read_svg.ts` wrote them, so that every attribute and every style stands where it is looked for. @module */
import { decoded, type Names } from "./names.ts";

const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&", "#160": "\xa0" };
const named = Object.fromEntries(Object.entries(entities).map(([name, letter]) => [letter, `&${name};`]));

/** Text as it is meant; entities that XML does not know stay as they are written. */
export function unescaped(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));?/gi, (all, hex, decimal, name) => {
    const code = hex ? parseInt(hex, 16) : Number(decimal);
    if (name) return Object.hasOwn(entities, name) ? entities[name] : all;
    return code < 0x110000 ? String.fromCodePoint(code) : all;
  });
}

/** Text as it is written, inside of an attribute too. */
export const escaped = (text: string) => text.replace(/[&<>"'\xa0]/g, (letter) => named[letter]);

const startTag = /<[\w:.-]+(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))+/g;
/** An attribute: what stands before its value, its name, its quote, its value. */
export const attribute = /(\s([\w:.-]+)\s*=\s*)(["'])([^]*?)\3/g;
/** A style sheet: its opening tag, its rules, its closing tag. */
export const style = /(<style(?:"[^"]*"|'[^']*'|[^"'>])*>)([^]*?)(<\/style>)/g;

/** The value of an attribute that a picture's own tag has. */
export function own(svg: string, name: string): string | undefined {
  return svg.match(new RegExp(`^<svg[^<]*?\\s${name}\\s*=\\s*(["'])([^]*?)\\1`))?.[2];
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
export function rewrite(
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
