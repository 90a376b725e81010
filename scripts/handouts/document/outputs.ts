import { cutMiddle, type CutText } from "./cut.ts";
import { chooseRepresentation } from "./mime.ts";
import type { MimeBundle, Output } from "../../notebook/notebook.ts";

/** One output of a code cell, as every format sees it. Text may hold terminal colours. */
export type OutputBlock =
  | { kind: "stream"; name: "stdout" | "stderr"; text: CutText }
  | { kind: "error"; text: CutText }
  | { kind: "text"; text: CutText }
  | { kind: "data"; mime: string; data: string }
  | { kind: "note"; text: string };

/** Turns outputs into blocks: long text loses its middle, a mime bundle becomes its best representation. */
export function outputBlocks(outputs: readonly Output[]): OutputBlock[] {
  return outputs.flatMap((output): OutputBlock[] => {
    switch (output.output_type) {
      case "stream":
        return [{
          kind: "stream",
          name: output.name === "stderr" ? "stderr" : "stdout",
          text: cutMiddle(output.text),
        }];
      case "error": {
        const told = `${output.ename}: ${output.evalue}`;
        return [{ kind: "error", text: cutMiddle(output.traceback?.join("\n") || told) }];
      }
      case "display_data":
      case "execute_result":
        return dataBlocks(output.data ?? {});
      default:
        return [{ kind: "note", text: "An output of a kind this handout does not know is left out." }];
    }
  });
}

function dataBlocks(bundle: MimeBundle): OutputBlock[] {
  return chooseRepresentation(bundle).map((chosen) =>
    chosen.kind === "data" && /^text\/(?!html|markdown)/.test(chosen.mime)
      ? { kind: "text", text: cutMiddle(chosen.data) }
      : chosen
  );
}
