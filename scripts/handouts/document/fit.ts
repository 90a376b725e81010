import type { MimeBundle } from "../../notebook/notebook.ts";
import { attachedPicture } from "./data_url.ts";
import { type Names, renameIds } from "./names.ts";
import type { FindFile, FoundFile } from "./references.ts";
import { apart, closed, drawingOf, seal } from "./svg.ts";
import { elementsOf, type Node } from "./tree.ts";

/** The surroundings of raw HTML: the ids of its document, and what its pictures may be. */
export interface Surroundings {
  ids: Names;
  attachments?: Readonly<Record<string, MimeBundle>>;
  /** Finds the file that is meant by a path beside the notebook. */
  find?: FindFile;
  /** The pictures that were found. */
  pictures?: Set<FoundFile>;
}

/**
 * Fits raw HTML into its document: its ids are made unique there, with the references to them, but for those of the
 * headings in `own`, which the document knows already; its pictures are put into it, and drawings are sealed off.
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
    if (tag === "svg") closed(seal(element, around.ids));
    const { srcset, src = srcset?.trim().split(/[\s,]/)[0] } = attributes;
    if (tag === "img" && src !== undefined) attributes.src = pictureOf(src, around);
    delete attributes.srcset;
  }
  return content;
}

/** The picture that is meant, as a data: URL; where it is not there, as it was written. */
function pictureOf(src: string, { attachments, find, pictures }: Surroundings): string {
  const file = find?.(src);
  if (file?.url) pictures?.add(file);
  return attachedPicture(src, attachments) ?? file?.url ?? src;
}
