import { decoded } from "../document/links.ts";
import { labelOf } from "../document/svg.ts";
import type { Element } from "../document/tree.ts";
import { printableSvg } from "./svg.ts";
import { call, quoted } from "./typst.ts";

/** The pictures of one set of handouts: their bytes by the path that Typst reads them from. */
export class Pictures {
  readonly files = new Map<string, Uint8Array>();
  #paths = new Map<string, string>();

  /** A picture as a block of its own, or a note where this kind cannot be printed. */
  block(element: Element): string {
    const { src = "", alt } = element.attributes;
    const kind = src.match(/^data:([^;,]*)/)?.[1] ?? "image/svg+xml";
    return this.#call("picture", element) ??
      call("note", quoted(`${alt || "A picture"} is left out: its data cannot be printed (${kind}).`));
  }

  /** A picture among words. Files and the web stay outside. */
  inline(element: Element): string {
    const { src = "", alt } = element.attributes;
    return this.#call("little", element) ?? call("emph", quoted(`[Picture: ${alt || src.slice(0, 100)}]`));
  }

  /** Calls a function of the template; its unit is how large a picture is, to its own idea of it. */
  #call(name: string, { attributes: { src = "", alt = "" }, source }: Element): string | undefined {
    const path = this.#keep(source ?? src);
    const label = source === undefined ? alt : labelOf(source) ?? "";
    return path && call(name, quoted(path), quoted(label), path.endsWith(".svg") ? "0.8" : "0.75");
  }

  /** Keeps a picture, an SVG's source or a data: URL, and returns its path. */
  #keep(source: string): string | undefined {
    const known = this.#paths.get(source);
    const { kind, bytes } = known ? {} : read(source);
    if (!bytes) return known;
    const path = `/pictures/${this.files.size + 1}.${kind}`;
    this.files.set(path, bytes);
    this.#paths.set(source, path);
    return path;
  }
}

function read(source: string): { kind?: string; bytes?: Uint8Array } {
  if (source.startsWith("<svg")) return { kind: "svg", bytes: printableSvg(source) };
  const [, kind, base64, data] = source.match(/^data:image\/(svg|png|jpeg|gif)[^,]*?(;base64)?,([^]*)$/) ??
    [];
  if (kind === undefined) return {};
  const text = base64 ? "" : decoded(data);
  try {
    const bytes = base64 ? Uint8Array.fromBase64(data.replace(/\s/g, "")) : new TextEncoder().encode(text);
    return { kind, bytes: kind === "svg" ? printableSvg(new TextDecoder().decode(bytes)) : bytes };
  } catch {
    return {}; // it is not base64
  }
}
