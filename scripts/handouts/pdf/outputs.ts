import type { Notebook } from "../../notebook/notebook.ts";
import { cutMiddle, type CutText } from "../document/cut.ts";
import { parseMarkdown } from "../document/markdown.ts";
import type { OutputBlock } from "../document/outputs.ts";
import { saysWarning } from "../document/says_warning.ts";
import { readSvg } from "../document/svg.ts";
import { htmlBlock, parse } from "./html.ts";
import { codeLines, terminalLines } from "./lines.ts";
import { type MarkupContext, renderMarkup } from "./markup.ts";
import type { Pictures } from "./pictures.ts";
import { call, content, quoted } from "./typst.ts";

/** What outputs depend on beside themselves. */
export interface OutputContext extends MarkupContext {
  pictures: Pictures;
}

/** One output of a cell as Typst; `which` says whose it is ("of cell 3"). */
export function renderOutput(output: OutputBlock, which: string, context: OutputContext): string {
  switch (output.kind) {
    case "stream":
      return text(streamKind(output.name, output.text), output.text);
    case "error":
      return text("error", output.text);
    case "text":
      return text("plain", output.text);
    case "note":
      return call("note", quoted(output.text));
    case "data":
      return data(output.mime, output.data, which, context);
  }
}

function streamKind(name: "stdout" | "stderr", printed: CutText): string {
  if (name === "stdout") return "plain";
  return saysWarning(printed) ? "told" : "warning";
}

function text(kind: string, { head, left, tail }: CutText): string {
  const parts = [call("printed", terminalLines(head))];
  if (left) parts.push(call("note", quoted(left)));
  if (tail) parts.push(call("printed", terminalLines(tail)));
  return call("output", quoted(kind), content(...parts));
}

function data(mime: string, data: string, which: string, context: OutputContext): string {
  if (mime.startsWith("image/")) return context.pictures.block(mime, data, `Picture${which}`);
  if (mime === "text/html") return html(data, which, context);
  const cut = cutMiddle(data);
  if (cut.left) return text("plain", cut);
  if (mime === "text/markdown") return renderMarkup(parseMarkdown(data), context);
  return call("output", '"plain"', call("printed", codeLines(data, "json")));
}

/** Rich HTML is for screens; what there is of it on paper are tables, pictures and words. */
function html(data: string, which: string, context: OutputContext): string {
  const svg = data.match(/<svg[\s>][^]*<\/svg>/)?.[0];
  if (svg && readSvg(svg).ok) return context.pictures.block("image/svg+xml", svg, `Picture${which}`);
  if (/<table[\s>]/i.test(data)) return htmlBlock(data, context);
  const words = cutMiddle(parse(data).textContent ?? "");
  return words.left ? text("plain", words) : htmlBlock(data, context);
}

/**
 * The same notebook, its outputs chosen for paper: HTML without a table or a picture in it gives way to the plain text
 * that says the same.
 */
export function forPaper(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) => {
    if (cell.cell_type !== "code") return cell;
    const outputs = (cell.outputs ?? []).map((output) => {
      if (output.output_type !== "display_data" && output.output_type !== "execute_result") return output;
      const { "text/html": html, ...rest } = output.data ?? {};
      const screenOnly = typeof html === "string" && "text/plain" in rest && !/<(table|svg)[\s>]/i.test(html);
      return screenOnly ? { ...output, data: rest } : output;
    });
    return { ...cell, outputs };
  });
  return { ...notebook, cells };
}
