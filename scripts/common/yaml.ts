/** YAML, and JSON, which is YAML too. @module */
import { parseDocument, visit, type YAMLParseError } from "yaml";
import { isChanged } from "./numbers.ts";

/** Reads YAML. Throws an `Error` that says where it is wrong; also for a number that would change. */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text, { logLevel: "error" });
  visit(document, {
    Scalar(_, { value, source = "" }) {
      if (typeof value === "number" && isChanged(source)) throw new Error(`${source} would become ${value}`);
    },
  });
  try {
    for (const error of document.errors) throw error;
    return document.toJS();
  } catch (error) { // its message may quote the file, which may be one that holds secrets
    const { code = "wrong alias", linePos: [place] = [] } = error as Partial<YAMLParseError>;
    const where = place ? ` at line ${place.line}, column ${place.col}` : "";
    throw new Error(`its YAML cannot be read: ${code.replaceAll("_", " ").toLowerCase()}${where}`);
  }
}
