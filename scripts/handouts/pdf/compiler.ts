/** The thread that compiles PDFs, with one warm compiler. @module */
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { Buffer } from "node:buffer";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parentPort } from "node:worker_threads";
import { messageOf } from "../../common/errors.ts";

/** Typst sources by the name of their PDF, and the files they share by path. */
export type Asked = { sources: ReadonlyMap<string, string>; files: ReadonlyMap<string, Uint8Array> };

/** The PDFs, with a sentence for everything left out of them; or the reason there are none. */
export type Answer = { files: Map<string, Uint8Array>; told: Set<string> } | { error: string };

/** The folder that Typst sees. It need not exist: its files are in memory only. */
const workspace = join(tmpdir(), "course-handouts-typst");
const compiler = NodeCompiler.create({ workspace });

parentPort!.on("message", (asked: Asked) => parentPort!.postMessage(compileAll(asked)));

/** Compiles documents, then forgets their files. */
function compileAll({ sources, files }: Asked): Answer {
  const refuses = (path: string) =>
    !path.endsWith(".typ") &&
    !compile(path.endsWith(".txt") ? `#eval(read("${path}"), mode: "math")` : `#image("${path}")`).document;
  const all = (broken: string[]) =>
    [...sources].map(([file, source]) => ({ file, ...compile(source, broken) }));
  try {
    for (const [path, bytes] of files) compiler.mapShadow(join(workspace, path), Buffer.from(bytes));
    let results = all([]);
    // Only a failure makes it worth testing each file; the template shows a note for those in `broken`.
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

/** Returns a PDF that conforms to PDF/UA, or a plain one if Typst finds that the document does not: a picture has no description, say. */
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
