import { decoded } from "../document/links.ts";
import { printableSvg } from "./svg.ts";

/** The pictures of one set of handouts: their bytes by the path that Typst reads them from. */
export class Pictures {
  readonly files = new Map<string, Uint8Array>();
  #paths = new Map<string, string>();

  /** Keeps a picture, an SVG's source or a data: URL, and returns its path; undefined where it cannot be printed. */
  keep(source: string): string | undefined {
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
  try {
    const bytes = base64
      ? Uint8Array.fromBase64(data.replace(/\s/g, ""))
      : new TextEncoder().encode(decoded(data));
    return { kind, bytes: kind === "svg" ? printableSvg(new TextDecoder().decode(bytes)) : bytes };
  } catch {
    return {}; // it is not base64
  }
}
