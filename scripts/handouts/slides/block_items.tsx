import { renderToString } from "preact-render-to-string";
import { balanceHtml } from "../document/balance.ts";
import { attachedImage, type BlockContext } from "../html/blocks.tsx";
import type { Block, CodeBlock } from "../document/document.ts";
import { escapeHtml } from "../document/escape.ts";
import { parseMarkdown } from "../document/markdown.ts";
import type { OutputBlock } from "../document/outputs.ts";
import { Raster, Vector } from "../html/pictures.tsx";
import { kinds, room, rowsOf } from "./measure.ts";
import type { Item } from "./pack.ts";
import { proseItems } from "./prose_items.ts";
import { tableItems } from "./table_items.ts";
import { codeItems, outputItems } from "./text_items.ts";

/** What a slide show's items depend on beside the block. */
export interface SlideContext extends BlockContext {
  /** Whether headings start slides: in a notebook without slide types of its own. */
  byHeadings: boolean;
}

/** A block as items; those of one block want to stay together. */
export function blockItems(block: Block, context: SlideContext): Item[] {
  const items = unmarked(block, context);
  if (block.role === undefined) return items;
  const label = block.role === "solution" ? "Solution" : "For the teacher";
  return items.map((item, index) => ({
    ...item,
    html: `<div class="${block.role}">${
      index === 0 ? `<p class="label">${label}</p>` : ""
    }${item.html}</div>`,
    height: item.height + (index === 0 ? 30 : 0),
  }));
}

function unmarked(block: Block, context: SlideContext): Item[] {
  switch (block.kind) {
    case "markdown": {
      const attachment = (name: string) => attachedImage(block.attachments[name] ?? {});
      return proseItems(block.tokens, { ...context, attachment }, context.byHeadings);
    }
    case "code":
      return codeBlockItems(block, context);
    case "work": {
      const lines = Math.min(block.lines, 8);
      const place = `<div class="lines" style="--lines:${lines}"></div>`;
      if (block.task === undefined) {
        const html = `<div class="work"><p class="label">Your turn</p>${place}</div>`;
        return [{ html, height: 30 + lines * 36 }];
      }
      const task = codeItems(block.task, context.language);
      task.at(-1)!.holds = 45;
      return [...task, { html: `<div class="work">${place}</div>`, height: lines * 36 }];
    }
  }
}

function codeBlockItems(block: CodeBlock, context: SlideContext): Item[] {
  const which = block.count === null ? "" : ` of cell ${block.count}`;
  const code = block.source === undefined ? [] : codeItems(block.source, context.language);
  const source: Item[] = block.folded
    ? [{
      html: `<details><summary>Show the code</summary>${code.map(({ html }) => html).join("")}</details>`,
      height: 36,
    }]
    : code;
  const outputs = block.outputs.flatMap((output) => outputOf(output, which, context));
  if (outputs.length > 0 && source.length > 0) source.at(-1)!.holds = 45;
  return [...source, ...outputs];
}

function outputOf(output: OutputBlock, which: string, context: SlideContext): Item[] {
  switch (output.kind) {
    case "stream":
      return outputItems(output.text, output.name);
    case "error":
      return outputItems(output.text, "error");
    case "text":
      return outputItems(output.text, "result");
    case "note":
      return [{
        html: `<p class="note">${escapeHtml(output.text)}</p>`,
        height: rowsOf(output.text, kinds.note.columns) * kinds.note.line,
      }];
    case "data":
      return dataItems(output.mime, output.data, which, context);
  }
}

function dataItems(mime: string, data: string, which: string, context: SlideContext): Item[] {
  const alt = `Picture${which}`;
  if (mime === "image/svg+xml") {
    return [picture(renderToString(<Vector source={data} ids={context.ids} alt={alt} />))];
  }
  if (mime.startsWith("image/")) {
    return [picture(renderToString(<Raster mime={mime} data={data} alt={alt} />))];
  }
  if (mime === "text/markdown") {
    const withoutAttachments = { ...context, attachment: () => undefined };
    return proseItems(parseMarkdown(data), withoutAttachments, false);
  }
  if (mime !== "text/html") return outputItems({ head: data }, "result");
  const html = `<div class="rich">${balanceHtml(data, context)}</div>`;
  return /<table\b/i.test(html) ? tableItems(html) : [{ html, height: heightOfHtml(html) }];
}

/** As wide as the slide, if that leaves it on the slide; a third smaller where that saves one. */
function picture(html: string): Item {
  const lightOnly = html.replace(/@media[^{}]*prefers-color-scheme:\s*dark[^{}]*\{/g, "@media not all{");
  const [, width, height] =
    html.match(/<svg[^>]*\sviewBox="[\d.-]+[\s,]+[\d.-]+[\s,]+([\d.]+)[\s,]+([\d.]+)"/) ?? [];
  const ratio = Number(width) / Number(height) || 1.8;
  const wanted = Math.min(room.width / ratio, room.height - 20);
  return { html: lightOnly, height: Math.max(Math.min(wanted, 330), wanted * 0.62), wanted, holds: 20 };
}

/** HTML of any kind: its lines of text, as far as one can count them. */
function heightOfHtml(html: string): number {
  const text = html.replace(/<(?:p|div|li|tr|br|h\d|pre)\b[^>]*>/gi, "\n").replace(/<[^>]*>/g, "").trim();
  const pictures = html.match(/<(?:img|svg|canvas|video|iframe)\b/gi)?.length ?? 0;
  return Math.max(kinds.prose.line, rowsOf(text, kinds.prose.columns) * kinds.prose.line) + pictures * 300;
}
