/** Reads YAML, and JSON, which is valid YAML. @module */
import { parseDocument, visit } from "yaml";
import { isInexact } from "./numbers.ts";

/** Parses YAML. Throws an `Error` that says where it is invalid, also for a number that JavaScript would change. */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text, { logLevel: "error" });
  for (const { code, linePos: [place] = [] } of document.errors) throw invalid(code, place);
  visit(document, {
    Scalar(_, { value, source = "" }) {
      if (typeof value === "number" && isInexact(source)) throw new Error(`${source} would become ${value}`);
    },
  });
  try {
    return document.toJS();
  } catch {
    throw invalid("wrong alias");
  }
}

/** Returns an error that quotes nothing from the file, which may contain secrets. */
function invalid(code: string, place?: { line: number; col: number }): Error {
  const where = place ? ` at line ${place.line}, column ${place.col}` : "";
  return new Error(`invalid YAML: ${code.replaceAll("_", " ").toLowerCase()}${where}`);
}
