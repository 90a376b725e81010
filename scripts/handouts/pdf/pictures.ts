import { readPicture } from "../document/data_url.ts";
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
  const { mime, bytes } = readPicture(source) ?? {};
  const kind = mime?.match(/^image\/(svg|png|jpeg|gif)/)?.[1];
  return {
    kind,
    bytes: kind === "svg"
      ? printableSvg(new TextDecoder().decode(bytes))
      : kind === undefined
      ? undefined
      : bytes,
  };
}
