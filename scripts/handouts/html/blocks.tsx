import type { Block } from "../document/document.ts";
import { labels } from "../document/tags.ts";
import { toHtml } from "../document/tree.ts";

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
