/** Everything that a curious learner could read out of a handout's file, for proofs that something isn't in it. @module */
import { parseHTML } from "linkedom";
import { inflateSync } from "node:zlib";

/** A file's texts: as it is, and as the programs show it that open it; of a PDF with its streams inflated. */
export async function readable(name: string, content: string | Uint8Array): Promise<string[]> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const raw = typeof content === "string" ? content : latin1(bytes);
  const found = [name, raw, decoded(raw)];
  if (typeof content !== "string") found.push(bytes.toBase64());
  if (name.endsWith(".html")) found.push(textOf(raw));
  if (name.endsWith(".ipynb")) found.push(strings(JSON.parse(raw)).join("\n"));
  if (name.endsWith(".pdf")) found.push(...inflated(bytes), ...await pdfTexts(bytes));
  return found;
}

/** Letters and digits alone, so that neither markup nor line breaks hide a text. */
export function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, "");
}

/** Why no PDF can be read; undefined where one can. */
export const noPdfTools = await outputOf("pdftotext", "-v") === undefined
  ? "there is no pdftotext"
  : undefined;

async function outputOf(program: string, ...args: string[]): Promise<string | undefined> {
  try {
    const { stdout } = await new Deno.Command(program, { args, stderr: "null" }).output();
    return new TextDecoder().decode(stdout);
  } catch {
    return undefined; // there is no such program
  }
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes).replaceAll("\0", "");
}

/** Percent-encoding taken back, as in data: URLs. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

/** The text that a page shows and says: its text without tags, and attributes that are read out. */
function textOf(html: string): string {
  const { document } = parseHTML(html);
  for (const script of document.querySelectorAll("body > script")) script.remove();
  const spoken = [...document.querySelectorAll("[alt], [aria-label], [title], [content]")].flatMap((
    element,
  ) => ["alt", "aria-label", "title", "content"].map((name) => element.getAttribute(name) ?? ""));
  return [document.documentElement.textContent, ...spoken].join("\n");
}

function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, value]) => [key, ...strings(value)]);
}

function inflated(pdf: Uint8Array): string[] {
  const text = new TextDecoder("latin1").decode(pdf);
  return [...text.matchAll(/stream\r?\n/g)].flatMap(({ index, 0: { length } }) => {
    try {
      return [latin1(inflateSync(pdf.subarray(index + length)))];
    } catch {
      return []; // a stream that is not compressed stands in the file as it is
    }
  });
}

async function pdfTexts(pdf: Uint8Array): Promise<string[]> {
  if (noPdfTools) return [];
  const file = await Deno.makeTempFile({ suffix: ".pdf" });
  try {
    await Deno.writeFile(file, pdf);
    const programs = [["pdftotext", file, "-"], ["pdfinfo", file], ["pdfinfo", "-meta", file]];
    const texts = await Promise.all(programs.map(([program, ...args]) => outputOf(program, ...args)));
    return texts.filter((text) => text !== undefined);
  } finally {
    await Deno.remove(file);
  }
}
