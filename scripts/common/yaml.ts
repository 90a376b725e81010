/** YAML, and JSON, which is YAML too. @module */
import { parseDocument, visit } from "yaml";
import { isChanged } from "./numbers.ts";

/** Reads YAML. Throws an `Error` that says where it is wrong; also for a number that would change. */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text, { logLevel: "error" });
  for (const { code, linePos: [place] = [] } of document.errors) throw unreadable(code, place);
  visit(document, {
    Scalar(_, { value, source = "" }) {
      if (typeof value === "number" && isChanged(source)) throw new Error(`${source} would become ${value}`);
    },
  });
  try {
    return document.toJS();
  } catch {
    throw unreadable("wrong alias");
  }
}

/** An error whose message quotes nothing of the file, which may be one that holds secrets. */
function unreadable(code: string, place?: { line: number; col: number }): Error {
  const where = place ? ` at line ${place.line}, column ${place.col}` : "";
  return new Error(`its YAML cannot be read: ${code.replaceAll("_", " ").toLowerCase()}${where}`);
}
