/** The thread that compiles PDFs, by one compiler that stays warm. @module */
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { Buffer } from "node:buffer";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parentPort } from "node:worker_threads";
import { messageOf } from "../../common/errors.ts";

/** Documents to compile, by the names of their PDFs, and the files that they share, by their paths. */
export type Asked = { sources: ReadonlyMap<string, string>; files: ReadonlyMap<string, Uint8Array> };

/** The PDFs, with a sentence for whatever a document lacks; or why there are none. */
export type Answer = { files: Map<string, Uint8Array>; told: Set<string> } | { error: string };

/** The folder that Typst sees. Nothing is ever read from it or written to it: its files are in memory alone. */
const workspace = join(tmpdir(), "course-handouts-typst");
const compiler = NodeCompiler.create({ workspace });

parentPort!.on("message", (asked: Asked) => parentPort!.postMessage(compileAll(asked)));

/** Compiles documents; their files are gone afterwards. */
function compileAll({ sources, files }: Asked): Answer {
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
    const answer = { files: new Map<string, Uint8Array>(), told: new Set<string>() };
    for (const { file, document, error } of results) {
      if (!document) return { error: `Cannot make ${file}: ${error}.` };
      for (const { value } of compiler.query(document, { selector: "<told>" })) answer.told.add(value);
      answer.files.set(file, accessible(document));
    }
    return answer;
  } catch (error) {
    return { error: messageOf(error) };
  } finally {
    compiler.resetShadow();
    compiler.evictCache(10);
  }
}

/** A PDF that keeps PDF/UA, by Typst's own check; a plain one of what does not, such as a picture that nothing describes. */
function accessible(document: Parameters<NodeCompiler["pdf"]>[0]) {
  try {
    return compiler.pdf(document, { pdfStandard: "ua-1" });
  } catch {
    return compiler.pdf(document, {});
  }
}

function compile(mainFileContent: string, broken: string[] = []) {
  const compiled = compiler.compile({ mainFileContent, inputs: { broken: JSON.stringify(broken) } });
  const { message = "Typst gives no reason" } = compiled.takeDiagnostics()?.shortDiagnostics[0] ?? {};
  return { document: compiled.result, error: String(message).replaceAll(workspace, "").replace(/\.$/, "") };
}
