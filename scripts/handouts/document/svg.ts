/**
 * A picture goes into a page as it stands, so one bad tag in it could swallow the rest of the page. That is why
 * an SVG is read here first, strictly as XML, and why only plain drawing elements go in: what HTML's parser would
 * read otherwise than XML's (`foreignObject`, scripts) has to stay outside, in an `<img>`.
 */

import { decoded, type Names } from "./names.ts";

/** What `readSvg` found: the bare `<svg>` element and whether a page may hold it, or what is wrong with it. */
export type SvgReading = { ok: true; svg: string; plain: boolean } | { ok: false; error: string };

const token =
  /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<!DOCTYPE[^[>]*(?:\[[^\]]*\]\s*)?>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/y;

/** In small letters, since HTML's parser takes these names in any. */
const drawing = new Set(
  ("svg g defs symbol use a title desc style path rect circle ellipse line polyline polygon text tspan textpath " +
    "image clippath mask pattern marker lineargradient radialgradient stop filter animate").split(" "),
);

/** Reads an SVG strictly: every tag closed in its place, every attribute quoted, one root named svg. */
export function readSvg(source: string): SvgReading {
  const open: string[] = [];
  let plain = true, start = -1, end = -1;
  token.lastIndex = 0;
  for (let at = 0; at < source.length; at = token.lastIndex) {
    const match = token.exec(source);
    if (!match) return bad(`line ${lineOf(source, at)} is not XML`);
    const [text, closing, name, attributes, empty] = match;
    if (name === undefined) {
      if (open.length === 0 && !text.startsWith("<") && text.trim()) {
        return bad("there is text outside of <svg>");
      }
      if (open.length > 0 && text.startsWith("<?")) plain = false;
      continue;
    }
    if (closing) {
      if (open.pop() !== name) return bad(`</${name}> on line ${lineOf(source, at)} closes nothing`);
    } else {
      if (open.length === 0 && (name !== "svg" || start >= 0)) return bad("its root is not one <svg>");
      if (start < 0) start = at;
      const names = [...attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"[^"]*"|'[^']*')/g)].map((found) =>
        found[1]
      );
      if (new Set(names).size < names.length) return bad(`<${name}> has an attribute twice`);
      if (!drawing.has(name.toLowerCase()) && !/^fe[A-Z]/.test(name)) plain = false;
      if (open.at(-1) === "title" || open.at(-1) === "desc") plain = false;
      if (!empty) open.push(name);
    }
    if (open.length === 0) end = token.lastIndex;
  }
  if (open.length > 0) return bad(`<${open.at(-1)}> is never closed`);
  if (start < 0) return bad("there is no <svg> in it");
  return { ok: true, svg: scalable(source.slice(start, end)), plain };
}

function bad(error: string): SvgReading {
  return { ok: false, error };
}

function lineOf(source: string, at: number): number {
  return source.slice(0, at).split("\n").length;
}

/** Gives a picture that has a size but no viewBox the one it means, so that it can shrink on a phone. */
function scalable(svg: string): string {
  const tag = svg.slice(0, svg.indexOf(">") + 1);
  const [width, height] = ["width", "height"].map((side) =>
    tag.match(new RegExp(`\\s${side}\\s*=\\s*["']([\\d.]+)(?:px)?["']`))?.[1]
  );
  if (/\sviewBox\s*=/.test(tag) || !width || !height) return svg;
  return svg.replace(/^<svg/, `<svg viewBox="0 0 ${width} ${height}"`);
}

/** The size of a picture in pixels, where its author gave it one: one side will do. */
export type Size = Partial<Record<"width" | "height" | "data-sized", string>>;

/** The picture in the size that its author gave it. */
export function sized(svg: string, given: Size): string {
  if (!given.width && !given.height) return svg;
  const [, ...sides] = svg.match(/^<svg[^<>]*\sviewBox\s*=\s*["'][^"']*?([\d.]+)[\s,]+([\d.]+)\s*["']/) ?? [];
  const [across, down] = sides.length > 0 ? sides.map(Number) : [300, 150]; // as in HTML
  const { width = Number(given.height) * across / down, height = Number(given.width) * down / across } =
    given;
  const tag = svg.match(/^<svg(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*/)![0];
  const own = tag.slice(4).replace(/\s(?:width|height)\s*=\s*(?:"[^"]*"|'[^']*')/g, "");
  return `<svg data-sized="" width="${width}" height="${height}"${own}${svg.slice(tag.length)}`;
}

const startTag = /<[\w:.-]+(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))+/g;

const style = /(<style[^>]*>)([^]*?)(<\/style>)/g;
const attribute = /(\s([\w:.-]+)\s*=\s*)(["'])([^]*?)\3/g;
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

/** Gives a page's markup, and the pictures in it, other ids, with the references to them. */
export function renameIds(html: string, to: (id: string) => string): string {
  const ids = new Set(svgIds(html));
  const known = (id: string) => ids.has(decoded(id)) ? to(id) : id;
  return html
    .replace(
      startTag,
      (tag) =>
        tag.replace(
          attribute,
          (_all, start, name, quote, value) => start + quote + withIds(name, value, known) + quote,
        ),
    )
    .replace(
      style,
      (_all, open, css: string, close) =>
        open +
        inUrl(css, known).replace(/#([\w-]+)/g, (hash, id) => ids.has(id) ? `[id="${to(id)}"]` : hash) +
        close,
    );
}

/**
 * Seals a picture off from its page: `to` renames its ids, with the references to them, and its styles reach no further
 * than the picture. The classes of one that stands `alone` get names that the page has no styles for. Nothing in it runs
 * or is fetched.
 */
export function sealSvg(svg: string, to: (id: string) => string, ids: Names, alone = false): string {
  const idOf = (tag: string) => tag.match(/^<svg[^<>]*?\sid\s*=\s*["']([^"']*)/)?.[1];
  const isStyled = /<style/.test(svg);
  const own = isStyled ? idOf(svg) : undefined;
  const scope = own !== undefined ? to(own) : isStyled || / class=/.test(svg) ? ids.claim("picture") : "";
  const [renamed, classes] = [new Set(svgIds(svg)), new Set<string>()];
  const sealed = (_all: string, start: string, name: string, quote: string, value: string) => {
    if (/^on/i.test(name) || (/^(?:values|to|from|by)$/.test(name) && /[:&]/.test(value))) return "";
    if (/href$/i.test(name) && !/^\s*(?:#|data:image\/|(?:https?|mailto):|[^:&]*$)/i.test(value)) return "";
    const changed = name === "class" && alone
      ? words(value, (name) => `${scope}-${classes.add(name) && name}`)
      : withIds(name, value, to);
    return start + quote + changed + quote;
  };
  return svg
    .replace(startTag, (tag) => tag.replace(attribute, sealed))
    .replace(/^<svg/, isStyled && own === undefined ? `<svg id="${scope}"` : "<svg")
    .replace(style, (_all, open, css: string, close) => {
      const rules = css.replace(/<!\[CDATA\[|\]\]>/g, "").replace(/@import[^;]*;?/gi, "")
        .replace(/#([\w-]+)/g, (hash, id) => renamed.has(id) ? `#${to(id)}` : hash)
        .replace(/\.([\w-]+)/g, (dot, name) => classes.has(name) ? `.${scope}-${name}` : dot);
      return `${open}@scope (#${scope}){${rules}}${close}`;
    });
}

/** The first of a picture's texts that says what it shows. */
export function labelOf(svg: string): string | undefined {
  const label = svg.match(/^<svg[^<]*?\saria-label\s*=\s*(?:"([^"]*)"|'([^']*)')/) ??
    svg.match(/<title[^>]*>([^<]+)<\/title>/);
  return label?.slice(1).find(Boolean)?.replace(
    /&(lt|gt|quot|#39|apos|amp);/g,
    (_all, name) => entities[name],
  );
}

const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", apos: "'", amp: "&" };

/** A picture as a file of its own, which has to say that it is SVG. */
export function svgFile(svg: string): string {
  return /^<svg[^<>]*\sxmlns=/.test(svg)
    ? svg
    : svg.replace(/^<svg/, '<svg xmlns="http://www.w3.org/2000/svg"');
}
