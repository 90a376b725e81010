import { readPicture } from "../document/data_url.ts";
import { printableSvg } from "./svg.ts";

/** The files that Typst reads, pictures and formulas: their bytes by their paths. */
export class Files {
  readonly bytes: Map<string, Uint8Array>;
  readonly #paths = new Map<string, string>();

  constructor(sources: [path: string, source: string][]) {
    this.bytes = new Map(sources.map(([path, source]) => [path, new TextEncoder().encode(source)]));
  }

  /** Keeps a picture, an SVG's source or a data: URL, and returns its path; undefined where it cannot be printed. */
  picture(source: string): string | undefined {
    const known = this.#paths.get(source);
    if (known || source.startsWith("<svg")) return known ?? this.#keep(source, "svg", printableSvg(source));
    const { mime, bytes } = readPicture(source) ?? {};
    const kind = mime?.match(/^image\/(svg|png|jpeg|gif)/)?.[1];
    if (kind === "svg") return this.#keep(source, kind, printableSvg(new TextDecoder().decode(bytes)));
    return kind && this.#keep(source, kind, bytes);
  }

  /** Keeps a formula in Typst's language, and returns its path. */
  formula(code: string): string {
    return this.#paths.get(code) ?? this.#keep(code, "txt", new TextEncoder().encode(code))!;
  }

  #keep(source: string, kind: string, bytes?: Uint8Array): string | undefined {
    if (!bytes) return;
    const path = `/${this.bytes.size + 1}.${kind}`;
    this.bytes.set(path, bytes);
    this.#paths.set(source, path);
    return path;
  }
}
