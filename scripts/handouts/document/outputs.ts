import type { Output } from "../../notebook/notebook.ts";
import { terminalText } from "./ansi.ts";
import { cutMiddle } from "./cut.ts";
import { pictureUrl } from "./data_url.ts";
import { fitIn, type Surroundings } from "./fit.ts";
import { codeLines } from "./highlight.ts";
import { parseMarkdown, proseContent } from "./markdown.ts";
import { isWhole } from "./styles.ts";
import { renameIds } from "./names.ts";
import { asImage, labelOf, readSvg, seal } from "./svg.ts";
import { type Element, elementsOf, h, type Node, parseHtml, showsSomething, wordsOf } from "./tree.ts";

/** The content of a cell's outputs; `which` names the cell in labels (" of cell 3"). */
export function outputsContent(outputs: readonly Output[], which: string, around: Surroundings): Element {
  const attributes = { class: "outputs", role: "group", "aria-label": `Output${which}` };
  return h("div", attributes, ...outputs.flatMap((output) => outputContent(output, which, around)));
}

/** The content of one output: text, which loses its middle if it is long, or the best representation of a MIME bundle. */
function outputContent(output: Output, which: string, around: Surroundings): Element[] {
  if (output.output_type === "stream") {
    const { name, text } = output;
    const isLabelled = name === "stderr" && !/^\s*warning:/i.test(wordsOf(terminalText(text.slice(0, 200))));
    return [textContent(text, name, isLabelled ? "Warning" : undefined)];
  }
  if (output.output_type === "error") {
    const text = output.traceback?.join("\n") || `${output.ename}: ${output.evalue}`;
    return [textContent(text, "error", "Error")];
  }
  return shownContent(output, which, around);
}

/** An output with a MIME bundle. */
type Shown = Extract<Output, { data: unknown }>;

/** The media types that handouts can show, best first. */
const preferred =
  "image/svg+xml text/html image/png image/jpeg text/markdown text/latex application/json text/plain"
    .split(" ");

/**
 * The best representation of an output that can be shown, or any other image or text. A broken one is replaced by a note,
 * followed by the next best.
 */
function shownContent(output: Shown, which: string, around: Surroundings): Element[] {
  const bundle = output.data ?? { [output.output_type]: "" }; // a type that notebooks' format does not know
  const notes: Element[] = [];
  const types = Object.keys(bundle).filter((type) => (bundle[type] ?? undefined) !== undefined).sort();
  const others = types.filter((type) => !preferred.includes(type) && /^(image|text)\/|[/+]json$/.test(type));
  for (const mime of [...preferred.filter((type) => types.includes(type)), ...others]) {
    const shown = dataContent(mime, output, which, around);
    if (typeof shown !== "string") return [...notes, shown];
    notes.push(note(`An output of type ${mime} is left out: ${shown}.`));
  }
  const what = types.length > 0 ? `of type ${types.join(", ")}` : "without data";
  return notes.length > 0 ? notes : [note(`An output ${what} cannot be shown here.`)];
}

/** Printed text, without its middle if it is long. */
export function textContent(text: string, kind: string, label?: string): Element {
  const { head, left, tail } = cutMiddle(text);
  const content = [h("pre", {}, ...terminalText(head))];
  if (label) content.unshift(h("p", { class: "label" }, label));
  if (left) content.push(note(left));
  if (tail) content.push(h("pre", {}, ...terminalText(tail)));
  return h("div", { class: `text ${kind}` }, ...content);
}

function note(text: string): Element {
  return h("p", { class: "note" }, text);
}

/** Attributes for the size of a picture, in pixels or percent; a missing side is undefined. */
type Size = Record<string, string | undefined>;

/** The size that an author gave a picture, marked by `data-sized`; formats choose the size of others. */
function sizeIn(metadata: unknown): Size {
  const { width, height } = (metadata ?? {}) as Record<string, unknown>;
  const [across, down] = [width, height].map((it) => `${it}`.match(/^([\d.]+%?)(?:px)?$/)?.[1]);
  return across || down ? { width: across, height: down, "data-sized": "" } : {};
}

/** The content of one representation, or the reason it cannot be shown. */
function dataContent(mime: string, output: Shown, which: string, around: Surroundings): Element | string {
  const given = output.data[mime];
  const isJson = /[/+]json$/.test(mime);
  const data = typeof given === "string" && !isJson ? given : JSON.stringify(given, null, 2);
  const size = sizeIn(output.metadata?.[mime]);
  if (mime === "image/svg+xml") return drawing(data, `Picture${which}`, around, size);
  if (mime.startsWith("image/")) {
    if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(data)) return "it is not base64";
    const img = h("img", { src: pictureUrl(mime, data), alt: `Picture${which}`, ...size });
    return h("div", { class: "picture paper" }, img);
  }
  if (mime === "text/markdown" || mime === "text/latex") {
    return { ...h("div", { class: "prose" }, proseContent(parseMarkdown(data), around)), markdown: data };
  }
  if (mime === "text/html") {
    const nodes = parseHtml(data);
    if (!showsSomething(nodes)) return "it cannot be shown here";
    return richContent(withWords(nodes, output.data["text/plain"]), `Result${which}`, around);
  }
  if (!isJson) return textContent(data, "result");
  return h("pre", { class: "code json" }, h("code", {}, codeLines(data, "json")));
}

/** HTML with its plain-text representation as a fallback if it shows nothing without scripts, unless the text only names the object. */
function withWords(nodes: Node[], words: unknown): Node[] {
  if (showsSomething(nodes, false) || typeof words !== "string" || /^\s*<.*>\s*$/s.test(words)) return nodes;
  return [...nodes, h("noscript", {}, h("pre", {}, words))];
}

/** HTML whose style sheets apply only within their parent elements. */
export function richContent(nodes: Node[], label: string, around: Surroundings): Element {
  const content = fitIn(nodes, around);
  for (const element of elementsOf(content)) {
    if (element.tag !== "style") continue;
    const rules = wordsOf(element);
    if (isWhole(rules)) element.children = [`@scope{${rules}}`];
    else Object.assign(element, note("A style sheet is left out: it could change the whole page."));
  }
  const attributes = { class: "scroll rich", tabindex: "0", role: "group", "aria-label": label };
  return h("div", attributes, ...content);
}

/** An SVG inline, sealed off from its page; one that is more than a drawing becomes an image. */
function drawing(source: string, alt: string, { ids }: Surroundings, size: Size): Element | string {
  const reading = readSvg(source);
  if (typeof reading === "string") return `its SVG is broken (${reading})`;
  const { svg, plain } = reading;
  if (!plain) {
    const { attributes } = asImage(svg, alt);
    return h("div", { class: "picture" }, h("img", { ...attributes, ...size }));
  }
  renameIds([svg], (id) => ids.claim(id));
  for (const { attributes } of elementsOf([svg])) delete attributes.class; // the page's styles must not apply
  const role = svg.attributes.role === undefined ? { role: "img" } : {};
  const name = svg.attributes["aria-labelledby"] || labelOf(svg) ? {} : { "aria-label": alt };
  const named = h("svg", { ...role, ...name, ...svg.attributes, ...size }, svg.children);
  const kind = /currentColor/i.test(source) ? "picture" : "picture paper";
  return h("div", { class: kind, tabindex: "0" }, seal(named));
}
