import type { Block, CodeBlock, HandoutDocument, MarkdownBlock, WorkBlock } from "../document/document.ts";
import type { Target } from "../document/links.ts";
import type { Provenance } from "../html/provenance.tsx";
import { codeLines } from "./lines.ts";
import { type LinkTo } from "./links.ts";
import { renderInline, renderMarkup } from "./markup.ts";
import { type OutputContext, renderOutput } from "./outputs.ts";
import type { Pictures } from "./pictures.ts";
import { array, call, content, quoted } from "./typst.ts";
import { breakable } from "./wrap.ts";

/** A notebook on its way into a PDF: its document, and the file and the anchors that links find it by. */
export interface Chapter extends Target {
  document: HandoutDocument;
}

/** What chapters depend on beside their documents. */
export interface ChapterContext {
  link: LinkTo;
  pictures: Pictures;
  provenance: Provenance;
}

/** A notebook as Typst: the title, each block on a line of its own, and what made it. */
export function renderChapter(
  { document, file }: Chapter,
  { link, pictures, provenance }: ChapterContext,
): string {
  const context: OutputContext = {
    link,
    pictures,
    picture: (src, alt) => pictures.inline(src, alt, {}),
    label: (id) => `${file}#${id}`,
  };
  const [inline] = document.titleTokens;
  const title = inline ? renderInline(inline, context) : quoted(breakable(document.title));
  const blocks = document.blocks.map((block, index) => {
    const next = document.blocks[index + 1];
    const code = renderBlock(block, next, document.language, context);
    return block.role ? call("part", quoted(block.role), code) : code;
  });
  return [
    call("head", "1", quoted(file), title),
    call("made", array(made(document, provenance))),
    ...blocks,
  ].map((line) => `#${line}\n`).join("");
}

/** The labels that links inside of a PDF may lead to. */
export function labelsOf({ file, anchors }: Target): string[] {
  return [file, ...[...anchors].map((id) => `${file}#${id}`)];
}

function renderBlock(
  block: Block,
  next: Block | undefined,
  language: string,
  context: OutputContext,
): string {
  switch (block.kind) {
    case "markdown":
      return prose(block, next, context);
    case "code":
      return code(block, language, context);
    case "work":
      return work(block, next, language);
  }
}

function prose(block: MarkdownBlock, next: Block | undefined, context: OutputContext): string {
  const leads = next?.kind === "work" || (next?.kind === "code" && /:[*_\s]*$/.test(block.source));
  const picture = (src: string, alt: string) => context.pictures.inline(src, alt, block.attachments);
  return renderMarkup(block.tokens, { ...context, picture, leads });
}

/** Code of more lines may be parted from the picture that it draws. */
const LONG = 5;

/** Code that is folded on a screen stays away on paper, as it does when a page is printed; a solution is what was asked for. */
function code(
  { source, folded, count, outputs, role }: CodeBlock,
  language: string,
  context: OutputContext,
): string {
  const which = count === null ? "" : ` of cell ${count}`;
  const parts = outputs.map((output) => renderOutput(output, which, context));
  if (source !== undefined && (!folded || role === "solution")) {
    const isPicture = outputs[0]?.kind === "data" && outputs[0].mime.startsWith("image/");
    const stays = outputs.length > 0 && (!isPicture || source.split("\n").length <= LONG);
    parts.unshift(call("code", String(count ?? "none"), String(stays), codeLines(source, language)));
  }
  return content(...parts);
}

function work({ lines, task }: WorkBlock, next: Block | undefined, language: string): string {
  const stays = next?.kind === "markdown" && next.tokens[0]?.type === "heading_open";
  return call(
    "work",
    String(lines),
    String(stays),
    ...task === undefined ? [] : [`task:${codeLines(task, language)}`],
  );
}

function made(document: HandoutDocument, { kernel = document.kernel, versions = {} }: Provenance): string[] {
  const told = Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(", ");
  const parameters = document.parameters.flatMap(({ name, value }, n) => [
    ...(n > 0 ? ['", "'] : []),
    call("c", quoted(breakable(`${name} = ${value}`))),
  ]);
  return [
    ["Notebook", quoted(breakable(`${document.name}.ipynb, ${document.edition}’s edition`))],
    ["Parameters", parameters.length > 0 ? content(...parameters) : ""],
    ["Kernel", kernel && quoted(breakable(kernel))],
    ["Versions", told && quoted(breakable(told))],
  ].filter(([, value]) => value !== "").map(([name, value]) => `(${quoted(name)},${value})`);
}
