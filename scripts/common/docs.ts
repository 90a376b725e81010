/** The names of lib, with their documentation. @module */
import { join } from "node:path";
import { deno } from "./command.ts";
import { root } from "./project.ts";

/** A name of lib's, as it is declared, and its doc comment. */
export interface Doc {
  signature: string;
  comment: string;
}

/** The docs of lib's names, as `deno doc` tells them; of one, where it is named. */
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

/** The name that a signature declares. */
const declared = /^(?:(?:abstract|async|function|class|const|interface|type|readonly|get|set)\*? )*([\w$]+)/;
