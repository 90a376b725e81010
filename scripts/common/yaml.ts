/** YAML, and JSON, which is YAML too. @module */
import { parseDocument, visit } from "yaml";
import { isChanged } from "./numbers.ts";

const sentences: Record<string, string> = {
  MULTIPLE_DOCS: "it holds more than one document",
  RESOURCE_EXHAUSTION: "it is nested too deeply",
};

/** Reads YAML. Throws an `Error` that says in words what is wrong, and where; also for a number that would change. */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text, { logLevel: "error" });
  const [error] = document.errors;
  if (error) {
    const [what, where] = error.message.split(/(?= at line \d+, column \d+)/);
    // What follows a colon is quoted from the file, which may be one that holds secrets.
    const why = sentences[error.code] ?? what.replace(/(?<! or): [^]*/, "");
    throw new Error(why + (where?.split(":")[0] ?? ""));
  }
  visit(document, {
    Scalar(_, { value, source = "" }) {
      if (typeof value === "number" && isChanged(source)) throw new Error(`${source} would become ${value}`);
    },
  });
  try {
    return document.toJS();
  } catch {
    throw new Error("its aliases cannot be followed"); // too many, or one without an anchor
  }
}
