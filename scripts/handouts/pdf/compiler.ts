import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { Buffer } from "node:buffer";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CourseError } from "../../common/errors.ts";

/** The folder that Typst sees. Nothing is ever read from it or written to it: its files are in memory alone. */
const workspace = join(tmpdir(), "course-handouts-typst");

let compiler: NodeCompiler | undefined;

/** Documents to compile, by the names of their PDFs, and the files that they share, by their paths. */
export type Asked = { sources: ReadonlyMap<string, string>; files: ReadonlyMap<string, Uint8Array> };

/**
 * Compiles documents by one compiler that stays warm; the files are gone afterwards. Beside the PDFs there is a sentence for
 * whatever a document lacks.
 */
export function compileAll({ sources, files }: Asked) {
  compiler ??= NodeCompiler.create({ workspace });
  const refuses = (path: string) =>
    !path.endsWith(".typ") &&
    !compile(path.endsWith(".txt") ? `#eval(read("${path}"), mode: "math")` : `#image("${path}")`).document;
  const all = (broken: string[]) =>
    [...sources].map(([file, source]) => ({ file, ...compile(source, broken) }));
  try {
    for (const [path, bytes] of files) compiler.mapShadow(join(workspace, path), Buffer.from(bytes));
    let results = all([]);
    // Files are looked at one by one only where something went wrong; the template has words for them.
    if (results.some(({ document }) => !document)) results = all([...files.keys()].filter(refuses));
    const told = new Set<string>();
    const made = new Map<string, Uint8Array>();
    for (const { file, document, error } of results) {
      if (!document) throw new CourseError(`Cannot make ${file}: ${error}.`);
      for (const { value } of compiler.query(document, { selector: "<told>" })) told.add(value);
      made.set(file, accessible(document));
    }
    return { files: made, told };
  } finally {
    compiler.resetShadow();
    compiler.evictCache(10);
  }
}

/** A PDF that keeps PDF/UA, by Typst's own check; a plain one of what does not, such as a picture that nothing describes. */
function accessible(document: Parameters<NodeCompiler["pdf"]>[0]) {
  try {
    return compiler!.pdf(document, { pdfStandard: "ua-1" });
  } catch {
    return compiler!.pdf(document, {});
  }
}

function compile(mainFileContent: string, broken: string[] = []) {
  const compiled = compiler!.compile({ mainFileContent, inputs: { broken: JSON.stringify(broken) } });
  const { message = "Typst gives no reason" } = compiled.takeDiagnostics()?.shortDiagnostics[0] ?? {};
  return { document: compiled.result, error: String(message).replaceAll(workspace, "").replace(/\.$/, "") };
}
