import type { Output } from "../../notebook/notebook.ts";
import { terminalText } from "./ansi.ts";
import { cutMiddle, type CutText } from "./cut.ts";
import { pictureUrl } from "./data_url.ts";
import { fitIn, type Surroundings } from "./fit.ts";
import { codeLines } from "./highlight.ts";
import { parseMarkdown, proseContent } from "./markdown.ts";
import { chooseRepresentation } from "./mime.ts";
import { isWhole } from "./styles.ts";
import { readSvg } from "./read_svg.ts";
import { labelled, sealSvg, type Size, sized, svgIds } from "./svg.ts";
import { apart, type Element, elementsOf, h, parseHtml, showsSomething, toHtml, wordsOf } from "./tree.ts";

/** The content of a cell's outputs; `which` says whose they are (" of cell 3"). */
export function outputsContent(outputs: readonly Output[], which: string, around: Surroundings): Element {
  const attributes = { class: "outputs", role: "group", "aria-label": `Output${which}` };
  return h("div", attributes, ...outputs.flatMap((output) => outputContent(output, which, around)));
}

/** One output: long text loses its middle, a MIME bundle becomes its best representation. */
function outputContent(output: Output, which: string, around: Surroundings): Element[] {
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
      return chooseRepresentation(output.data ?? {}).map((chosen) => {
        if (chosen.kind === "note") return note(chosen.text);
        const { mime } = chosen;
        const data = mime === "text/html" ? withWords(chosen.data, output.data?.["text/plain"]) : chosen.data;
        return dataContent(mime, data, which, around, sizeIn(output.metadata?.[mime]));
      });
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
  const content = [h("pre", {}, ...terminalText(head))];
  if (label) content.unshift(h("p", { class: "label" }, label));
  if (left) content.push(note(left));
  if (tail) content.push(h("pre", {}, ...terminalText(tail)));
  return h("div", { class: `text ${kind}` }, ...content);
}

function note(text: string): Element {
  return h("p", { class: "note" }, text);
}

/** The size that an author has given a picture, as attributes; with a mark, since formats choose the size of others. */
function sizeIn(metadata: unknown): Size {
  const { width, height } = (metadata ?? {}) as Record<string, unknown>;
  const [across, down] = [width, height].map((it) => `${it}`.match(/^([\d.]+%?)(?:px)?$/)?.[1]);
  return across || down ? { width: across, height: down, "data-sized": "" } : {};
}

function dataContent(
  mime: string,
  data: string,
  which: string,
  around: Surroundings,
  size: Size,
): Element {
  if (mime === "image/svg+xml") return drawing(data, `Picture${which}`, around, size);
  if (mime.startsWith("image/")) {
    const img = h("img", { src: pictureUrl(mime, data), alt: `Picture${which}`, ...size });
    return h("div", { class: "picture paper" }, img);
  }
  if (mime === "text/markdown" || mime === "text/latex") {
    return { ...h("div", { class: "prose" }, proseContent(parseMarkdown(data), around)), markdown: data };
  }
  if (mime === "text/html") return richContent(data, `Result${which}`, around);
  if (mime.startsWith("text/")) return textContent(cutMiddle(data), "result");
  return h("pre", { class: "code json" }, h("code", {}, codeLines(data, "json")));
}

/** HTML that shows something where no script runs: the words that came with it, unless they only name it. */
function withWords(html: string, words: unknown): string {
  const written = parseHtml(html).filter((node) => typeof node === "string" || node.tag !== "script");
  if (showsSomething(written) || typeof words !== "string" || /^\s*<.*>\s*$/s.test(words)) return html;
  return `${html}<noscript><pre>${toHtml(words)}</pre></noscript>`;
}

/** HTML whose styles reach no further than the elements they stand in. */
export function richContent(html: string, label: string, around: Surroundings): Element {
  const content = fitIn(parseHtml(html), around);
  for (const element of elementsOf(content)) {
    const rules = wordsOf(element);
    if (element.tag === "style") element.children = isWhole(rules) ? [`@scope{${rules}}`] : [];
  }
  const attributes = { class: "scroll rich", tabindex: "0", role: "group", "aria-label": label };
  return h("div", attributes, ...content);
}

/** An SVG as it stands, sealed off from its page; one that is more than a drawing is kept apart in an image. */
function drawing(source: string, alt: string, { ids }: Surroundings, size: Size): Element {
  const reading = readSvg(source);
  if (!reading.ok) return note(`A picture is left out: its SVG is broken (${reading.error}).`);
  const { svg, plain } = reading;
  const kind = /prefers-color-scheme|currentColor/i.test(svg) ? "picture" : "picture paper";
  if (!plain) {
    const img = apart(svg, size);
    img.attributes.alt ||= alt;
    return h("div", { class: kind }, img);
  }
  const names = new Map(svgIds(svg).map((id) => [id, ids.claim(id)]));
  const sealed = labelled(sized(sealSvg(svg, (id) => names.get(id) ?? id, ids, true), size), alt);
  const [element] = parseHtml(`${sealed.slice(0, sealed.indexOf(">") + 1)}</svg>`) as Element[];
  return h("div", { class: kind, tabindex: "0" }, { ...element, source: sealed });
}
