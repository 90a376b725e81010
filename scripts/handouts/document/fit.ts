import type { MimeBundle } from "../../notebook/notebook.ts";
import { attachedPicture } from "./data_url.ts";
import { type Names, renameIds } from "./names.ts";
import { apart, closed, drawingOf } from "./svg.ts";
import { elementsOf, type Node } from "./tree.ts";

/** The surroundings of raw HTML: the ids of its document, and the pictures in its cell. */
export interface Surroundings {
  ids: Names;
  attachments?: Readonly<Record<string, MimeBundle>>;
}

/**
 * Fits raw HTML into its document: its ids are made unique there, with the references to them, but for those of the
 * headings in `own`, which the document knows already; what is attached is put into it, and drawings are sealed off.
 */
export function fitIn(content: Node[], around: Surroundings, own: readonly string[] = []): Node[] {
  for (const element of elementsOf(content)) {
    if (element.tag !== "svg") continue;
    const { svg, plain } = drawingOf(element);
    Object.assign(element, plain ? svg : apart(svg));
  }
  const headings = new Set(own);
  renameIds(content, (id, tag) => {
    return /^h[1-6]$/.test(tag) && headings.delete(id) ? id : around.ids.claim(id || "section");
  });
  for (const element of elementsOf(content)) {
    const { tag, attributes } = element;
    if (tag === "svg") closed(element);
    const { srcset, src = srcset?.trim().split(/[\s,]/)[0] } = attributes;
    if (tag === "img" && src !== undefined) attributes.src = attachedPicture(src, around.attachments) ?? src;
    delete attributes.srcset;
  }
  return content;
}
