import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";

/** A dictionary of resources as Typst writes it: a name and a reference on each line. */
const dictionary =
  /(\/(?:ExtGState|Font|XObject|Pattern|Shading|ColorSpace) <<\n)((?: *\/\w+ \d+ 0 R\n){2,})(?= *>>)/g;

/**
 * Makes the same bytes of the same document. Typst writes the resources of pictures in the order of a table that is
 * another in each process, and an ID that follows from it. Here the resources are sorted, and the ID is made of the
 * sorted file. All of these are as long as before, so that nothing else in the file moves.
 */
export function stable(pdf: Uint8Array): Uint8Array {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString("latin1").replace(
    dictionary,
    (_all, head, lines: string) => `${head}${lines.trimEnd().split("\n").sort().join("\n")}\n`,
  );
  const ids = text.slice(-2000).match(/\/ID \[\(([\w+/=]{24})\) \(([\w+/=]{24})\)\]/)?.slice(1) ?? [];
  const without = ids.reduce((all, id) => all.replaceAll(id, "=".repeat(24)), text);
  const id = createHash("sha256").update(without, "latin1").digest().subarray(0, 16).toString("base64");
  return new Uint8Array(Buffer.from(ids.reduce((all, old) => all.replaceAll(old, id), text), "latin1"));
}
