/** Converts pictures to and from data: URLs. @module */
import type { MimeBundle } from "../../notebook/notebook.ts";
import { decoded } from "./names.ts";

/** The media type of a picture by its file extension, without the dot; undefined if it is not a picture's. */
export function imageType(ending: string): string | undefined {
  const kind = ending.replace(/^jpg$/, "jpeg").replace(/^svg$/, "svg+xml");
  return /^(?:png|jpeg|gif|webp|avif|bmp|svg\+xml)$/.test(kind) ? `image/${kind}` : undefined;
}

/** The file extension of a picture, without the dot. */
export function imageEnding(mime: string): string {
  return mime.replace(/^image\/|\+xml$/g, "").replace(/^jpeg$/, "jpg").replace(/\W+/g, "") || "bin";
}

/** A picture as a data: URL; `data` is an SVG's source, or base64 for other types. */
export function pictureUrl(mime: string, data: string): string {
  return mime === "image/svg+xml"
    ? `data:${mime},${encodeURIComponent(svgFile(data).toWellFormed())}`
    : `data:${mime};base64,${data.replace(/\s/g, "")}`;
}

/** The attached picture that an `href` such as `attachment:a.png` names, as a data: URL. */
export function attachedPicture(href: string, attached?: Record<string, MimeBundle>): string | undefined {
  const bundle = href.startsWith("attachment:") && attached?.[decoded(href.slice("attachment:".length))];
  const [mime, data] = Object.entries(bundle || {}).find(([mime]) => mime.startsWith("image/")) ?? [];
  return mime && pictureUrl(mime, String(data));
}

/** The type and bytes of the picture in a data: URL; undefined if it is malformed. */
export function readPicture(url: string): { mime: string; bytes: Uint8Array } | undefined {
  const [, mime, base64, data] = url.match(/^data:(image\/[^;,]*)[^,]*?(;base64)?,([^]*)$/) ?? [];
  if (!base64 && mime !== "image/svg+xml") return;
  try {
    const bytes = base64 ? Uint8Array.fromBase64(data) : new TextEncoder().encode(decoded(data));
    return { mime, bytes };
  } catch { /* it is not base64 */ }
}

/** An SVG as a file, which needs a namespace. */
export function svgFile(svg: string): string {
  return /^<svg[^<>]*\sxmlns=/.test(svg)
    ? svg
    : svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
}
