import { terminalText } from "./ansi.ts";
import type { CutText } from "./cut.ts";
import { fitIn } from "./fit.ts";
import { codeLines } from "./highlight.ts";
import { parseMarkdown, proseContent } from "./markdown.ts";
import type { Names } from "./names.ts";
import type { OutputBlock } from "./outputs.ts";
import { saysWarning } from "./says_warning.ts";
import { labelOf, readSvg, renameSvgIds, svgIds, svgUrl } from "./svg.ts";
import { type Element, h, type Node, parseHtml } from "./tree.ts";

/** The content of a cell's outputs; `which` says whose they are (" of cell 3"). */
export function outputsContent(outputs: OutputBlock[], which: string, ids: Names): Element {
  const attributes = { class: "outputs", role: "group", "aria-label": `Output${which}` };
  return h("div", attributes, ...outputs.map((output) => outputContent(output, which, ids)));
}

function outputContent(output: OutputBlock, which: string, ids: Names): Element {
  switch (output.kind) {
    case "stream":
      return textContent(output.text, output.name, warningLabel(output));
    case "error":
      return textContent(output.text, "error", "Error");
    case "text":
      return textContent(output.text, "result");
    case "note":
      return note(output.text);
    case "data":
      return dataContent(output.mime, output.data, which, ids);
  }
}

function warningLabel({ name, text }: { name: string; text: CutText }): string | undefined {
  return name === "stderr" && !saysWarning(text) ? "Warning" : undefined;
}

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
    const src = `data:${mime};base64,${data.replace(/\s/g, "")}`;
    return h("div", { class: "picture paper" }, h("img", { src, alt: `Picture${which}` }));
  }
  if (mime === "text/markdown") {
    const prose = h("div", { class: "prose" }, ...proseContent(parseMarkdown(data), { ids }));
    return { ...prose, markdown: data };
  }
  if (mime === "text/html") {
    const attributes = { class: "scroll rich", tabindex: "0", role: "group", "aria-label": `Result${which}` };
    return h("div", attributes, ...fitIn(parseHtml(data), ids));
  }
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
  if (!plain) return box({}, h("img", { src: svgUrl(svg), alt: labelOf(svg) ?? alt }));
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
