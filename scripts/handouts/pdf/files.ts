import { readPicture } from "../document/data_url.ts";
import { printableSvg } from "./svg.ts";

/** The files that Typst reads, pictures and formulas: their bytes by their paths. */
export class Files {
  readonly bytes = new Map<string, Uint8Array>();
  readonly #paths = new Map<string, string | undefined>();

  /** Keeps a picture that is a data: URL, and returns its path; undefined where it cannot be printed. */
  picture(url: string): string | undefined {
    return this.#paths.getOrInsertComputed(url, () => {
      const { mime, bytes } = readPicture(url) ?? {};
      const kind = mime?.match(/^image\/(svg|png|jpeg|gif)/)?.[1];
      const printable = kind === "svg" ? printableSvg(new TextDecoder().decode(bytes)) : bytes;
      return kind && printable && this.#keep(kind, printable);
    });
  }

  /** Keeps a formula in Typst's language, and returns its path. */
  formula(code: string): string {
    return this.#paths.getOrInsertComputed(code, () => this.#keep("txt", new TextEncoder().encode(code)))!;
  }

  #keep(kind: string, bytes: Uint8Array): string {
    const path = `/${this.bytes.size + 1}.${kind}`;
    this.bytes.set(path, bytes);
    return path;
  }
}
