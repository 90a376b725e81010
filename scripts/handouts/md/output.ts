import { withoutAnsi } from "../document/ansi.ts";
import { balanceHtml } from "../document/balance.ts";
import type { CutText } from "../document/cut.ts";
import { Names } from "../document/names.ts";
import type { OutputBlock } from "../document/outputs.ts";
import { readSvg } from "../document/svg.ts";
import { fence } from "./fence.ts";
import type { PictureFiles } from "./files.ts";
import { standsAlone } from "./stands_alone.ts";
import { escapeMarkdown, gfmTable } from "./table.ts";

/** One output as Markdown; pictures go to `files`, named for their cell. */
export function outputMarkdown(output: OutputBlock, cell: string, files: PictureFiles): string {
  switch (output.kind) {
    case "note":
      return `*${escapeMarkdown(output.text)}*`;
    case "data":
      return dataMarkdown(output.mime, output.data, cell, files);
    default:
      return textMarkdown(output.text);
  }
}

function textMarkdown({ head, left, tail }: CutText): string {
  const parts = [fence(withoutAnsi(head), "text")];
  if (left) parts.push(`*${left}*`);
  if (tail) parts.push(fence(withoutAnsi(tail), "text"));
  return parts.join("\n\n");
}

function dataMarkdown(mime: string, data: string, cell: string, files: PictureFiles): string {
  if (mime === "image/svg+xml") {
    const reading = readSvg(data);
    return reading.ok
      ? image(labelOf(reading.svg) ?? "Picture", files.add(cell, mime, reading.svg))
      : `*A picture is left out: its SVG is broken (${escapeMarkdown(reading.error)}).*`;
  }
  if (mime.startsWith("image/")) return image("Picture", files.add(cell, mime, data));
  if (mime === "text/markdown" && standsAlone(data)) return data.trim();
  if (mime === "text/html") return gfmTable(data) ?? htmlMarkdown(data);
  return fence(data, mime === "text/markdown" ? "markdown" : "json");
}

/** HTML in one block: every tag closed, and no empty line, at which Markdown would end it. */
export function htmlMarkdown(html: string): string {
  const balanced = balanceHtml(html, { ids: new Names(), link: (href) => href });
  return `<div>\n${balanced.trim().replace(/\n[ \t]*(?=\n)/g, "&#10;")}\n</div>`;
}

function image(alt: string, url: string | undefined): string {
  return url === undefined
    ? "*A picture is left out: it is not base64.*"
    : `![${escapeMarkdown(alt)}](${url})`;
}

/** The first of a picture's texts that says what it shows. */
function labelOf(svg: string): string | undefined {
  const label = svg.match(/^<svg[^<]*?\saria-label\s*=\s*(?:"([^"]*)"|'([^']*)')/) ??
    svg.match(/<title[^>]*>([^<]+)<\/title>/);
  const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", apos: "'", amp: "&" };
  return label?.slice(1).find(Boolean)?.replace(
    /&(lt|gt|quot|#39|apos|amp);/g,
    (_all, name) => entities[name],
  )
    .replace(/\s+/g, " ");
}
