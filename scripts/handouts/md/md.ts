import type { MimeBundle } from "../../notebook/notebook.ts";
import { type CourseOptions, type CoursePart, courseParts, type NamedNotebook } from "../document/parts.ts";
import { type Block, factsOf, type WorkBlock } from "../document/document.ts";
import { attachedPicture, imageEnding, pictureUrl, readPicture, svgFile } from "../document/data_url.ts";
import { decoded, Names } from "../document/names.ts";
import { parseMarkdown } from "../document/markdown.ts";
import { type Element, elementsIn, h, type Node, toHtml, wordsOf } from "../document/tree.ts";
import { labels } from "../document/tags.ts";
import { escapeMarkdown, fence, gfmTable, inlineCode, listOf, standsAlone } from "./markdown.ts";
import { Places } from "../document/places.ts";

/**
 * Renders a course as Markdown for GitHub, by file name: one file per notebook, with its pictures in a folder beside it, and
 * a `README.md` that lists them.
 *
 * @example
 * ```ts
 * const notebook = { metadata: {}, nbformat: 4 as const, nbformat_minor: 5, cells: [] };
 * const files = renderMd([{ name: "01-first.ipynb", notebook }], { title: "A course", edition: "student" });
 * ```
 */
export function renderMd(notebooks: readonly NamedNotebook[], options: CourseOptions): Files {
  const parts = courseParts(notebooks, options, ".md");
  const files: Files = new Map([["README.md", readme(parts, options)]]);
  for (const part of parts) {
    files.set(part.file, ""); // its place is before its pictures
    files.set(part.file, page(part, keeper(`${part.stem}_files`, files), options));
  }
  return files;
}

type Files = Map<string, string | Uint8Array>;

/**
 * Returns a function that adds a picture to `files`, in the notebook's folder for pictures. It turns a data: URL into a file
 * named after `name`, and returns that file's URL, or undefined if the picture is broken.
 */
function keeper(folder: string, files: Files) {
  const names = new Names();
  return (name: string, dataUrl: string) => {
    const { mime = "", bytes } = readPicture(dataUrl) ?? {};
    if (!bytes) return;
    const safe = name.normalize("NFC").replace(/[^\p{L}\p{N}_-]+/gu, "-").slice(0, 80) || "picture";
    const file = names.claim(safe, `.${imageEnding(mime)}`);
    const isSvg = mime === "image/svg+xml";
    files.set(`${folder}/${file}`, isSvg ? `${svgFile(new TextDecoder().decode(bytes))}\n` : bytes);
    return [folder, file].map(encodeURIComponent).join("/");
  };
}

function readme(parts: CoursePart[], { title, edition }: CourseOptions): string {
  const teacher = edition === "teacher" ? ["*Teacher’s edition*"] : [];
  return [`# ${escapeMarkdown(title)}`, ...teacher, listOf(parts)].join("\n\n") + "\n";
}

function page(part: CoursePart, keep: Keep, options: CourseOptions): string {
  const { document, link } = part;
  const pieces = document.blocks.map((block) => blockMarkdown(block, part, keep));
  const facts = factsOf(document, options).map(({ name, values, code }) =>
    `- ${name}: ${values.map(code ? inlineCode : escapeMarkdown).join(", ")}`
  );
  const title = new Places(document.titleMarkdown ?? escapeMarkdown(document.title)).withLinks(link);
  const apart = pieces.map((text, at) =>
    isList(text) && endsInList(pieces[at - 1]) ? `<!-- -->\n\n${text}` : text
  );
  const end = ["---", "How this page was made:", facts.join("\n")];
  return `${joined([`# ${title.replace(/\s*\n\s*/g, " ")}`, ...apart, ...end])}\n`;
}

const joined = (pieces: string[]) => pieces.filter((text) => text !== "").join("\n\n");

function blockMarkdown(block: Block, part: CoursePart, keep: Keep): string {
  const label = block.role && labels[block.role];
  const attachments = block.kind === "markdown" ? block.attachments : {};
  const context: Context = { part, keep, cell: block.id.replace(/^cell-/, ""), attachments };
  const content = block.kind === "work" ? work(block, part.document.language) : read(block.content, context);
  return joined([label ? `**${label}**` : "", ...content]);
}

function work({ task, prose, lines }: WorkBlock, language: string): string[] {
  if (task !== undefined) return [fence(task.trimEnd() + "\n".repeat(lines + 1), language)];
  return ["**Your turn**", prose ? "&nbsp;\n\n&nbsp;\n\n&nbsp;" : fence("\n".repeat(lines), language)];
}

type Keep = ReturnType<typeof keeper>;

/** The context of an element. */
interface Context {
  part: CoursePart;
  keep: Keep;
  /** The id of the cell, which names its pictures. */
  cell: string;
  attachments: Readonly<Record<string, MimeBundle>>;
}

/** One function per kind of element, by class or tag. Other elements are replaced by their children. */
const handlers: Record<string, (element: Element, context: Context) => string[]> = {
  prose,
  rich: ({ children }) => [gfmTable(children) ?? htmlMarkdown(children)],
  picture: ({ children: [picture] }, context) => [image(picture as Element, context)],
  note: (element) => [`*${escapeMarkdown(wordsOf(element))}*`],
  label: () => [],
  json: (element) => [fence(wordsOf(element), "json")],
  code: ({ children }, { part }) => [fence(wordsOf(children.at(-1)!), part.document.language)],
  pre: (element) => [fence(wordsOf(element), "text")],
  answer: ({ children }, context) => read(children.slice(1), context),
  details: ({ children }, context) => [
    `<details>\n<summary>${toHtml(elementsIn(children)[0].children)}</summary>`,
    ...read(children.slice(1), context),
    "</details>",
  ],
};

function read(nodes: Node[], context: Context): string[] {
  return nodes.flatMap((node) => {
    if (typeof node === "string") return [];
    const names = [...(node.attributes.class ?? "").split(" ").reverse(), node.tag];
    const kind = names.find((name) => Object.hasOwn(handlers, name));
    return kind === undefined ? read(node.children, context) : handlers[kind](node, context);
  });
}

/** A cell's own Markdown; if it would swallow the cells below it, HTML instead. */
function prose({ markdown = "", children }: Element, { part, keep, attachments, cell }: Context): string[] {
  if (!standsAlone(markdown)) return [htmlMarkdown(children)];
  const text = new Places(markdown).withLinks((href) => {
    if (href.startsWith("data:image/")) return keep(cell, href) ?? href;
    const attached = attachedPicture(href, attachments);
    if (!attached) return part.link(href);
    return keep(decoded(href).replace(/^attachment:|\.\w+$/g, ""), attached) ?? href;
  });
  return [text.replace(/^\n+|\s+$/g, "")];
}

/** HTML as one block: every tag is closed, and no empty line, which would end the block, is left. */
function htmlMarkdown(content: Node[]): string {
  return `<div>\n${toHtml(content).trim().replace(/\n[ \t]*(?=\n)/g, "&#10;")}\n</div>`;
}

function image({ source, attributes }: Element, { keep, cell }: Context): string {
  const { src = "", alt = "" } = attributes;
  const url = keep(cell, source === undefined ? src : pictureUrl("image/svg+xml", source));
  if (url === undefined) return "*A picture is left out: it is not base64.*";
  if (source === undefined && "data-sized" in attributes) {
    return toHtml(h("img", { ...attributes, src: url }));
  }
  const label = alt.replace(/^Picture of cell \d+$/, "Picture");
  return `![${escapeMarkdown(label.replace(/\s+/g, " "))}](${url})`;
}

/** Two adjacent lists would become one, so they need a comment between them. */
const isList = (text: string) => /^ {0,3}(?:[-*+]|\d+[.)])\s/.test(text);
const endsInList = (text = "") => text !== "" && /list_close$/.test(parseMarkdown(text).at(-1)?.type ?? "");
