import { decoded } from "../document/links.ts";
import { imageEnding } from "../document/mime.ts";
import { Names } from "../document/names.ts";
import { svgFile } from "../document/svg.ts";

/** The pictures of one notebook: files in a folder beside its Markdown. */
export class Pictures {
  readonly files = new Map<string, string | Uint8Array>();
  readonly #names = new Names();
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Takes a picture and returns its URL, or nothing if it is broken; `name` is what its file should be called. */
  add(name: string, mime: string, data: string): string | undefined {
    const content = mime === "image/svg+xml" ? `${svgFile(data)}\n` : fromBase64(data);
    if (content === undefined) return;
    const safe = name.normalize("NFC").replace(/[^\p{L}\p{N}_-]+/gu, "-").slice(0, 80) || "picture";
    const ending = imageEnding(mime);
    const file = `${this.#folder}/${
      this.#names.claim(`${safe}.${ending}`).replace(/(\.\w+)(-\d+)$/, "$2$1")
    }`;
    this.files.set(file, content);
    return file.split("/").map(encodeURIComponent).join("/");
  }

  /** Takes a picture that a data: URL holds. */
  addUrl(name: string, url: string): string | undefined {
    const [, mime, base64, data] = url.match(/^data:([^;,]*)(;base64)?,([^]*)$/) ?? [];
    if (mime === undefined) return;
    const bytes = base64 && mime === "image/svg+xml" ? fromBase64(data) : undefined;
    return this.add(name, mime, bytes ? new TextDecoder().decode(bytes) : base64 ? data : decoded(data));
  }
}

function fromBase64(data: string): Uint8Array | undefined {
  try {
    return Uint8Array.fromBase64(data);
  } catch {
    return undefined;
  }
}
