import type { Output } from "../../notebook/notebook.ts";
import { terminalText } from "./ansi.ts";
import { cutMiddle, type CutText } from "./cut.ts";
import { pictureUrl } from "./data_url.ts";
import { fitIn } from "./fit.ts";
import { codeLines } from "./highlight.ts";
import { parseMarkdown, proseContent } from "./markdown.ts";
import { chooseRepresentation } from "./mime.ts";
import type { Names } from "./names.ts";
import { labelOf, readSvg, renameSvgIds, svgIds } from "./svg.ts";
import { type Element, h, type Node, parseHtml, wordsOf } from "./tree.ts";

/** The content of a cell's outputs; `which` says whose they are (" of cell 3"). */
export function outputsContent(outputs: readonly Output[], which: string, ids: Names): Element {
  const attributes = { class: "outputs", role: "group", "aria-label": `Output${which}` };
  return h("div", attributes, ...outputs.flatMap((output) => outputContent(output, which, ids)));
}

/** One output: long text loses its middle, a MIME bundle becomes its best representation. */
function outputContent(output: Output, which: string, ids: Names): Element[] {
  switch (output.output_type) {
    case "stream": {
      const text = cutMiddle(output.text);
      if (output.name !== "stderr") return [textContent(text, "stdout")];
      return [textContent(text, "stderr", saysWarning(text) ? undefined : "Warning")];
    }
    case "error": {
      const message = `${output.ename}: ${output.evalue}`;
      return [textContent(cutMiddle(output.traceback?.join("\n") || message), "error", "Error")];
    }
    case "display_data":
    case "execute_result":
      return chooseRepresentation(output.data ?? {}).map((chosen) =>
        chosen.kind === "note" ? note(chosen.text) : dataContent(chosen.mime, chosen.data, which, ids)
      );
    default:
      return [note("An output of a kind this handout does not know is left out.")];
  }
}

/** Tells whether a text calls itself a warning, so that a label above it would say it twice. */
function saysWarning({ head }: CutText): boolean {
  return /^\s*warning:/i.test(wordsOf(terminalText(head.slice(0, 200))));
}

/** Printed text, without its middle where that is missing. */
export function textContent({ head, left, tail }: CutText, kind: string, label?: string): Element {
  return h(
    "div",
    { class: `text ${kind}` },
    ...label ? [h("p", { class: "label" }, label)] : [],
    h("pre", {}, ...terminalText(head)),
    ...left ? [note(left)] : [],
    ...tail ? [h("pre", {}, ...terminalText(tail))] : [],
  );
}

function note(text: string): Element {
  return h("p", { class: "note" }, text);
}

function dataContent(mime: string, data: string, which: string, ids: Names): Element {
  if (mime === "image/svg+xml") return drawing(data, `Picture${which}`, ids);
  if (mime.startsWith("image/")) {
    const img = h("img", { src: pictureUrl(mime, data), alt: `Picture${which}` });
    return h("div", { class: "picture paper" }, img);
  }
  if (mime === "text/markdown") {
    const prose = h("div", { class: "prose" }, ...proseContent(parseMarkdown(data), { ids }));
    return { ...prose, markdown: data };
  }
  if (mime === "text/html") {
    const attributes = { class: "scroll rich", tabindex: "0", role: "group", "aria-label": `Result${which}` };
    return h("div", attributes, ...fitIn(parseHtml(data), ids));
  }
  if (mime.startsWith("text/")) return textContent(cutMiddle(data), "result");
  return h("pre", { class: "code json" }, h("code", {}, ...codeLines(data, "json")));
}

/** An SVG as it stands, its ids made unique; one that is more than a drawing is kept apart in an image. */
function drawing(source: string, alt: string, ids: Names): Element {
  const reading = readSvg(source);
  if (!reading.ok) return note(`A picture is left out: its SVG is broken (${reading.error}).`);
  const { svg, plain } = reading;
  const box = (attributes: Record<string, string>, picture: Node) =>
    h("div", {
      class: /prefers-color-scheme|currentColor/i.test(svg) ? "picture" : "picture paper",
      ...attributes,
    }, picture);
  if (!plain) return box({}, h("img", { src: pictureUrl("image/svg+xml", svg), alt: labelOf(svg) ?? alt }));
  const names = new Map(svgIds(svg).map((id) => [id, ids.claim(id)]));
  return box({ tabindex: "0" }, svgElement(labelled(renameSvgIds(svg, (id) => names.get(id) ?? id), alt)));
}

function svgElement(source: string): Element {
  const [element] = parseHtml(`${source.slice(0, source.indexOf(">") + 1)}</svg>`) as Element[];
  return { ...element, source };
}

function labelled(svg: string, alt: string): string {
  const tag = svg.slice(0, svg.indexOf(">"));
  const role = /\srole\s*=/.test(tag) ? "" : ` role="img"`;
  const label = /\saria-label(ledby)?\s*=/.test(tag) || labelOf(svg) ? "" : ` aria-label="${alt}"`;
  return svg.replace(/^<svg/, `<svg${role}${label}`);
}
