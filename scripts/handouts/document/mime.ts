import type { MimeBundle } from "../../notebook/notebook.ts";
import { readSvg } from "./svg.ts";

/** One representation of an output, ready for any format, or a sentence on why there is none. */
export type Representation =
  | { kind: "data"; mime: string; data: string }
  | { kind: "note"; text: string };

/** The types that a page on paper or on a screen shows, best first. */
const preferred = [
  "image/svg+xml",
  "text/html",
  "image/png",
  "image/jpeg",
  "text/markdown",
  "application/json",
  "text/plain",
];

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
  if (/[/+]json$/.test(mime)) return JSON.stringify(value, null, 2) ?? "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 2) ?? "";
}

function faultOf(data: string, mime: string): string | undefined {
  if (mime === "image/svg+xml") {
    const reading = readSvg(data);
    return reading.ok ? undefined : `its SVG is broken (${reading.error})`;
  }
  if (mime.startsWith("image/") && !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(data)) return "it is not base64";
}
