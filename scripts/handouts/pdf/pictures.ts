import type { MimeBundle } from "../../notebook/notebook.ts";
import { decoded } from "../document/links.ts";
import { printableSvg, svgLabel } from "./svg.ts";
import { call, quoted } from "./typst.ts";

/** How large a picture is, to its own idea of it: a plot of the course is as wide as text and outer margin together. */
const scale = { vector: 0.8, pixels: 0.75 };

/** The pictures of one set of handouts: their bytes by the path that Typst reads them from. */
export class Pictures {
  readonly files = new Map<string, Uint8Array>();
  #paths = new Map<string, string>();

  /** A picture as a block of its own, or a note where this kind cannot be printed. */
  block(mime: string, data: string, alt: string): string {
    return this.#call("picture", mime, data, alt) ?? call("note", quoted(leftOut(alt, mime)));
  }

  /** A picture among words, by its address: an attachment's name or a data: URL. Files and the web stay outside. */
  inline(src: string, alt: string, attachments: Readonly<Record<string, MimeBundle>>): string {
    const [mime, data] = src.startsWith("attachment:")
      ? attached(attachments[decoded(src.slice(11))] ?? {})
      : fromUrl(src);
    return this.#call("little", mime, data, alt) ??
      call("emph", quoted(`[Picture: ${alt || src.slice(0, 100)}]`));
  }

  #call(name: string, mime: string, data: string, alt: string): string | undefined {
    const path = this.#add(mime, data);
    if (path === undefined) return;
    const unit = mime === "image/svg+xml" ? scale.vector : scale.pixels;
    return call(
      name,
      quoted(path),
      quoted((mime === "image/svg+xml" && svgLabel(data)) || alt),
      String(unit),
    );
  }

  #add(mime: string, data: string): string | undefined {
    const known = this.#paths.get(data);
    if (known) return known;
    const kind = mime.match(/^image\/(svg\+xml|png|jpeg|gif)$/)?.[1].replace("svg+xml", "svg");
    const bytes = kind === "svg" ? encoded(printableSvg(data)) : kind && fromBase64(data);
    if (!bytes) return;
    const path = `/pictures/${this.files.size + 1}.${kind}`;
    this.files.set(path, bytes);
    this.#paths.set(data, path);
    return path;
  }
}

function leftOut(alt: string, mime: string): string {
  return `${alt || "A picture"} is left out: its data cannot be printed (${mime}).`;
}

function attached(bundle: MimeBundle): [mime: string, data: string] {
  for (const [mime, data] of Object.entries(bundle)) {
    if (mime.startsWith("image/")) return [mime, String(data)];
  }
  return ["", ""];
}

function fromUrl(url: string): [mime: string, data: string] {
  const [, mime, base64, data] = url.match(/^data:([^;,]*)[^,]*?(;base64)?,([^]*)$/) ?? [];
  if (mime === undefined) return ["", ""];
  if (mime !== "image/svg+xml") return [mime, base64 ? data : ""];
  return [mime, base64 ? new TextDecoder().decode(fromBase64(data)) : decoded(data)];
}

function fromBase64(data: string): Uint8Array | undefined {
  try {
    return Uint8Array.fromBase64(data.replace(/\s/g, ""));
  } catch {
    return undefined;
  }
}

function encoded(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : new TextEncoder().encode(text);
}
