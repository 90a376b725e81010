import { imageEnding, readPicture, svgFile } from "../document/data_url.ts";
import { Names } from "../document/names.ts";

/** The pictures of one notebook: files in a folder beside its Markdown. */
export class Pictures {
  readonly files = new Map<string, string | Uint8Array>();
  readonly #names = new Names();

  constructor(readonly folder: string) {}

  /** Takes the picture of a data: URL and returns its own, or nothing if it is broken; `name` is what its file should be called. */
  add(name: string, dataUrl: string): string | undefined {
    const { mime, bytes } = readPicture(dataUrl) ?? {};
    if (!mime || !bytes) return;
    const safe = name.normalize("NFC").replace(/[^\p{L}\p{N}_-]+/gu, "-").slice(0, 80) || "picture";
    const file = this.#names.claim(safe, `.${imageEnding(mime)}`);
    const isSvg = mime === "image/svg+xml";
    this.files.set(`${this.folder}/${file}`, isSvg ? `${svgFile(new TextDecoder().decode(bytes))}\n` : bytes);
    return [this.folder, file].map(encodeURIComponent).join("/");
  }
}
