import { attachedImage } from "../html/blocks.tsx";
import { type CoursePart, courseParts } from "../document/course_parts.ts";
import type { Block, MarkdownBlock } from "../document/document.ts";
import { factsOf } from "../document/facts.ts";
import type { CourseOptions, NamedNotebook } from "../html/html.tsx";
import { decoded } from "../document/links.ts";
import { parseMarkdown, renderMarkdown } from "../document/markdown.ts";
import { fence } from "./fence.ts";
import { PictureFiles } from "./files.ts";
import { htmlMarkdown, outputMarkdown } from "./output.ts";
import { rewriteLinks } from "./rewrite.ts";
import { standsAlone } from "./stands_alone.ts";
import { escapeMarkdown } from "./table.ts";
import { Names } from "../document/names.ts";
import type { MimeBundle } from "../../notebook/notebook.ts";
import { titleBlock } from "../document/title.ts";

/**
 * Renders a course as Markdown, fit for GitHub: file name to content, a file for each notebook with its pictures in a
 * folder beside it, and a `README.md` that lists them.
 *
 * @example
 * ```ts
 * const notebook = { metadata: {}, nbformat: 4 as const, nbformat_minor: 5, cells: [] };
 * const files = renderMd([{ name: "01-first.ipynb", notebook }], { title: "A course", edition: "student" });
 * ```
 */
export function renderMd(
  notebooks: readonly NamedNotebook[],
  options: CourseOptions,
): Map<string, string | Uint8Array> {
  const parts = courseParts(notebooks, options, ".md", ["readme"]);
  const files = new Map<string, string | Uint8Array>([["README.md", readme(parts, options)]]);
  for (const part of parts) {
    const pictures = new PictureFiles(`${part.stem}_files`);
    files.set(part.file, page(part, pictures, options));
    for (const [name, content] of pictures.files) files.set(name, content);
  }
  return files;
}

function readme(parts: CoursePart[], { title, edition }: CourseOptions): string {
  const list = parts.map(({ document, file }, at) =>
    `${at + 1}. [${escapeMarkdown(document.title)}](${encodeURIComponent(file)})`
  );
  const teacher = edition === "teacher" ? ["*Teacher’s edition*"] : [];
  return [`# ${escapeMarkdown(title)}`, ...teacher, list.join("\n")].join("\n\n") + "\n";
}

function page(part: CoursePart, pictures: PictureFiles, { provenance = {} }: CourseOptions): string {
  const { document } = part;
  const beside = titleBlock(document);
  const pieces = document.blocks.map((block) =>
    blockMarkdown(block, { part, pictures, hasTitle: block === beside })
  );
  const facts = factsOf(document, provenance).map(({ name, values, code }) =>
    `- ${name}: ${values.map((value) => code ? inlineCode(value) : escapeMarkdown(value)).join(", ")}`
  );
  const title = rewriteLinks(document.titleTokens[0]?.content ?? escapeMarkdown(document.title), part.link);
  return [
    `# ${title.replace(/\s*\n\s*/g, " ")}`,
    ...pieces.map((text, at) =>
      startsList(text) && endsInList(pieces[at - 1]) ? `<!-- -->\n\n${text}` : text
    ),
    "---",
    "How this page was made:",
    facts.join("\n"),
  ].filter((text) => text !== "").join("\n\n") + "\n";
}

interface Surroundings {
  part: CoursePart;
  pictures: PictureFiles;
  /** Whether the title stands in this block's source. */
  hasTitle: boolean;
}

const labels = { solution: "**Solution**", teacher: "**For the teacher**" };

function blockMarkdown(block: Block, around: Surroundings): string {
  const label = block.role ? [labels[block.role]] : [];
  return [...label, ...contentOf(block, around)].filter((text) => text !== "").join("\n\n");
}

function contentOf(block: Block, around: Surroundings): string[] {
  switch (block.kind) {
    case "markdown":
      return [prose(block, around)];
    case "work":
      return block.task === undefined
        ? [
          "**Your turn**",
          block.prose
            ? "&nbsp;\n\n&nbsp;\n\n&nbsp;"
            : fence("\n".repeat(block.lines), around.part.document.language),
        ]
        : [fence(block.task.trimEnd() + "\n".repeat(block.lines + 1), around.part.document.language)];
    case "code": {
      const code = block.source === undefined ? [] : [fence(block.source, around.part.document.language)];
      const folded = ["<details>\n<summary>Show the code</summary>", ...code, "</details>"];
      const cell = block.id.replace(/^cell-/, "");
      const outputs = block.outputs.map((output) => outputMarkdown(output, cell, around.pictures));
      return [...block.folded && code.length > 0 ? folded : code, ...outputs];
    }
  }
}

/** A cell's own text; one that would swallow the cells below it becomes HTML that does not. */
function prose(block: MarkdownBlock, { part, pictures, hasTitle }: Surroundings): string {
  const source = hasTitle ? withoutTitle(block.source) : block.source;
  const attachment = (name: string) => attached(name, block.attachments[name] ?? {}, pictures);
  if (!standsAlone(source)) {
    const context = {
      ids: new Names(),
      link: part.link,
      attachment: (name: string) => attachedImage(block.attachments[name] ?? {}),
    };
    return htmlMarkdown(renderMarkdown(block.tokens, context));
  }
  return rewriteLinks(source, (href) => {
    const name = href.match(/^attachment:(.*)$/)?.[1];
    return name === undefined ? part.link(href) || href : attachment(decoded(name)) ?? href;
  }).replace(/^\n+|\s+$/g, "");
}

function attached(name: string, bundle: MimeBundle, pictures: PictureFiles): string | undefined {
  for (const [mime, data] of Object.entries(bundle)) {
    if (mime.startsWith("image/")) return pictures.add(name.replace(/\.\w+$/, ""), mime, String(data));
  }
}

function withoutTitle(source: string): string {
  const [start, end] = parseMarkdown(source).find(({ type, tag, level }) =>
    type === "heading_open" && tag === "h1" && level === 0
  )!.map!;
  return source.split("\n").toSpliced(start, end - start).join("\n");
}

function inlineCode(text: string): string {
  const bar = "`".repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  return bar.length > 1 ? `${bar} ${text} ${bar}` : `${bar}${text}${bar}`;
}

/** Two lists that follow each other would be one. */
function startsList(text: string): boolean {
  return /^ {0,3}(?:[-*+]|\d+[.)])\s/.test(text);
}

function endsInList(text = ""): boolean {
  return text !== "" && /list_close$/.test(parseMarkdown(text).at(-1)?.type ?? "");
}
