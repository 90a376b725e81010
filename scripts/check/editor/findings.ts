/** Finds what TypeScript's compiler and the rules about `await` report in a cell. @module */
import { join } from "node:path";
import ts from "typescript";
import { root } from "../../common/project.ts";
import { awaitFindings, type Finding } from "./awaits.ts";

const file = join(root, "notebooks", "cell.ts"); // does not exist: the compiler gets its text
const target = ts.ScriptTarget.ESNext;
const paths = { "@course/lib": [join(root, "lib", "mod.ts")] };
const options: ts.CompilerOptions = { target, paths, noEmit: true, allowImportingTsExtensions: true };
const host = ts.createCompilerHost(options, true);
const read = host.getSourceFile;
const sources = new Map<string, ts.SourceFile | undefined>();
host.getSourceFile = (name, ...rest) => {
  if (!sources.has(name)) sources.set(name, read(name, ...rest));
  return sources.get(name);
};

/**
 * Returns the findings in `cell`, sorted by position. It may use what the cells before it, joined as `before`, declare, and
 * may declare the same names again.
 */
export function findings(cell: string, before = ""): Finding[] {
  const start = `${before}\n{\n`;
  const source = ts.createSourceFile(file, `${start}${cell}\n}\nexport {};\n`, target, true);
  sources.set(file, source);
  const program = ts.createProgram([file], options, host);
  const errors = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  const all = errors.map(({ start = 0, length = 1, messageText, code }): Finding => {
    const [message] = ts.flattenDiagnosticMessageText(messageText, "\n").split("\n");
    return { start, end: start + length, kind: "error", message: `${message} (TS${code})` };
  });
  return [...all, ...awaitFindings(source, program.getTypeChecker())]
    .map((it) => ({ ...it, start: it.start - start.length, end: it.end - start.length }))
    .filter(({ start }) => start >= 0 && start < cell.length)
    .sort((a, b) => a.start - b.start || a.end - b.end);
}
