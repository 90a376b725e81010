import type { MimeBundle } from "../../notebook/notebook.ts";
import type { Block } from "../document/document.ts";
import type { MarkdownContext } from "../document/markdown.ts";
import { labels } from "../document/tags.ts";
import { toHtml } from "../document/tree.ts";

/** What a block's HTML depends on beside the block. */
export interface BlockContext extends Omit<MarkdownContext, "attachment"> {
  link: (href: string) => string;
  language: string;
}

/** One block of a document as HTML. */
export function BlockView({ block: { id, kind, role, content } }: { block: Block }) {
  const label = role ? `<p class="label">${labels[role]}</p>` : "";
  return (
    <div
      class={`cell ${kind}${role ? ` ${role}` : ""}`}
      id={id}
      dangerouslySetInnerHTML={{ __html: label + toHtml(content) }}
    />
  );
}

/** The first image of an attachment as a data: URL. */
export function attachedImage(bundle: MimeBundle): string | undefined {
  for (const [mime, data] of Object.entries(bundle)) {
    const text = String(data);
    if (mime === "image/svg+xml") return `data:${mime},${encodeURIComponent(text)}`;
    if (mime.startsWith("image/")) return `data:${mime};base64,${text.replace(/\s/g, "")}`;
  }
}
