import type { MimeBundle } from "../../notebook/notebook.ts";
import { readSvg } from "./read_svg.ts";
import { parseHtml, showsSomething } from "./tree.ts";

/** One representation of an output, ready for any format, or a sentence on why there is none. */
export type Representation =
  | { kind: "data"; mime: string; data: string }
  | { kind: "note"; text: string };

/** The types of pictures by the ending of their files; of two endings for a type the first is written. */
export const imageTypes: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".bmp": "image/bmp",
  ".svg": "image/svg+xml",
};

/** Returns the ending of a picture's file, without the dot. */
export function imageEnding(mime: string): string {
  const known = Object.entries(imageTypes).find(([, type]) => type === mime)?.[0].slice(1);
  return known ?? (mime.slice(6).replace(/\W+/g, "") || "bin");
}

/** The types that a page on paper or on a screen shows, best first. */
const preferred =
  "image/svg+xml text/html image/png image/jpeg text/markdown text/latex application/json text/plain"
    .split(" ");

/**
 * Chooses among an output's representations: the best that can be shown, else any other image or text. A note takes the
 * place of a broken one, and the next best follows.
 */
export function chooseRepresentation(bundle: MimeBundle): Representation[] {
  const notes: Representation[] = [];
  const types = Object.keys(bundle).filter((type) => bundle[type] !== null && bundle[type] !== undefined);
  const known = preferred.filter((type) => types.includes(type));
  const others = types.filter((type) => !preferred.includes(type) && /^(image|text)\/|[/+]json$/.test(type))
    .sort();
  for (const mime of [...known, ...others]) {
    const data = asText(bundle[mime], mime);
    const fault = faultOf(data, mime);
    if (fault === undefined) return [...notes, { kind: "data", mime, data }];
    notes.push({ kind: "note", text: `An output of type ${mime} is left out: ${fault}.` });
  }
  if (notes.length > 0) return notes;
  const what = types.length > 0 ? `of type ${types.sort().join(", ")}` : "without data";
  return [{ kind: "note", text: `An output ${what} cannot be shown here.` }];
}

function asText(value: unknown, mime: string): string {
  return typeof value === "string" && !/[/+]json$/.test(mime) ? value : JSON.stringify(value, null, 2);
}

function faultOf(data: string, mime: string): string | undefined {
  if (mime === "image/svg+xml") {
    const reading = readSvg(data);
    return reading.ok ? undefined : `its SVG is broken (${reading.error})`;
  }
  if (mime === "text/html") return showsSomething(parseHtml(data)) ? undefined : "it cannot be shown here";
  if (mime.startsWith("image/") && !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(data)) return "it is not base64";
}
