/** The documentation of the names that lib exports. @module */
import { join } from "node:path";
import { deno } from "./command.ts";
import { root } from "./project.ts";

/** The declaration and the doc comment of an exported name. */
export interface Doc {
  signature: string;
  comment: string;
}

/** Returns the documentation of all names that lib exports, from `deno doc`; with `filter`, of that name only. */
export async function docs(filter?: string): Promise<Map<string, Doc>> {
  const options = ["--no-config", "--quiet", ...filter ? ["--filter", filter] : []];
  const { stdout } = await deno(["doc", ...options, join(root, "lib", "mod.ts")]);
  return new Map(
    stdout.split(/^Defined in .*\n\n/m).slice(1).map((part) => {
      const [first, ...lines] = part.trimEnd().split("\n");
      const signature = first.replace(/^private (function |const )?/, "");
      const text = lines.map((line) => line.replace(/^ {2}/, "")).join("\n");
      const comment = text.replace(/\{@link\w* ([^}]*)\}/g, "`$1`");
      return [declared.exec(signature)?.[1] ?? "", { signature, comment }];
    }),
  );
}

/** Matches the name that a signature declares. */
const declared = /^(?:(?:abstract|async|function|class|const|interface|type|readonly|get|set)\*? )*([\w$]+)/;
