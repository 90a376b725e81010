import type { MimeBundle } from "../../notebook/notebook.ts";
import { attachedPicture } from "./data_url.ts";
import { type Names, renameIds } from "./names.ts";
import { asImage, drawingOf, seal } from "./svg.ts";
import { elementsOf, type Node } from "./tree.ts";

/** The context of raw HTML: the ids of its document, and the attachments of its cell. */
export interface Surroundings {
  ids: Names;
  attachments?: Readonly<Record<string, MimeBundle>>;
}

/**
 * Fits raw HTML into its document: makes its ids unique and updates references to them, except for headings in `own`, which
 * have their ids already; embeds attachments, and seals drawings.
 */
export function fitIn(content: Node[], around: Surroundings, own: readonly string[] = []): Node[] {
  for (const element of elementsOf(content)) {
    if (element.tag !== "svg") continue;
    const { svg, plain } = drawingOf(element);
    Object.assign(element, plain ? svg : asImage(svg));
  }
  const headings = new Set(own);
  renameIds(content, (id, tag) => {
    return /^h[1-6]$/.test(tag) && headings.delete(id) ? id : around.ids.claim(id || "section");
  });
  for (const element of elementsOf(content)) {
    const { tag, attributes } = element;
    if (tag === "svg") seal(element);
    const { srcset, src = srcset?.trim().split(/[\s,]/)[0] } = attributes;
    if (tag === "img" && src !== undefined) attributes.src = attachedPicture(src, around.attachments) ?? src;
    delete attributes.srcset;
  }
  return content;
}
