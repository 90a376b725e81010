import type { Names } from "./names.ts";
import { renameSvgIds, svgIds } from "./svg.ts";
import { elementsOf, type Node } from "./tree.ts";

const references = ["for", "aria-labelledby", "aria-describedby", "aria-controls"];
/** Elements that would change what is around them. */
const strange = new Set(["plaintext", "frameset", "base"]);

/**
 * Fits raw HTML into its document: its ids are made unique there, with the references to them, but for those of the
 * headings in `own`, which the document knows already.
 */
export function fitIn(nodes: Node[], ids: Names, own: readonly string[] = []): Node[] {
  const content = withoutStrange(nodes);
  const elements = [...elementsOf(content)];
  const headings = new Set(own);
  const renamed = new Map<string, string>();
  const claim = (id: string) => {
    const name = ids.claim(id || "section");
    if (name !== id) renamed.set(id, name);
    return name;
  };
  for (const { tag, attributes, source } of elements) {
    if (source !== undefined) svgIds(source).forEach(claim);
    else if (attributes.id !== undefined && !(/^h[1-6]$/.test(tag) && headings.delete(attributes.id))) {
      attributes.id = claim(attributes.id);
    }
  }
  if (renamed.size === 0) return content;
  const to = (id: string) => renamed.get(id) ?? id;
  for (const element of elements) {
    const { attributes, source } = element;
    if (source !== undefined) element.source = renameSvgIds(source, to);
    if (attributes.href?.startsWith("#")) attributes.href = `#${to(attributes.href.slice(1))}`;
    for (const name of references) {
      if (attributes[name]) attributes[name] = attributes[name].split(/\s+/).map(to).join(" ");
    }
  }
  return content;
}

function withoutStrange(nodes: Node[]): Node[] {
  return nodes.flatMap((node): Node[] => {
    if (typeof node === "string") return [node];
    if (strange.has(node.tag)) return [];
    node.children = withoutStrange(node.children);
    return [node];
  });
}
