import { decoded } from "./names.ts";
import { elementsOf, type Node, wordsOf } from "./tree.ts";

/** Gives elements the ids that `to` makes of theirs, with the references to them; in styles, each as a `selector`. */
export function renameIds(
  nodes: Node[],
  to: (id: string, tag: string) => string,
  selector = (id: string) => `#${id}`,
): void {
  const elements = [...elementsOf(nodes)];
  const names = new Map<string, string>();
  for (const { tag, attributes } of elements) {
    if (attributes.id !== undefined) names.set(attributes.id, attributes.id = to(attributes.id, tag));
  }
  if (names.size === 0) return;
  const named = (id: string) => names.get(id) ?? names.get(decoded(id)) ?? id;
  const inRules = (all: string, url: string | undefined, id: string) => {
    if (!names.has(id)) return all;
    return url ? `${url}#${named(id)}` : selector(named(id));
  };
  for (const { tag, attributes, children } of elements) {
    for (const [name, value] of Object.entries(attributes)) {
      if (/^(?:for|aria-(?:labelledby|describedby|controls))$/.test(name)) {
        attributes[name] = value.trim().split(/\s+/).map(named).join(" ");
      } else if (/^(?:xlink:)?href$/.test(name)) {
        attributes[name] = value.replace(/^#(.*)$/s, (_, id) => `#${named(id)}`);
      } else if (name !== "id") attributes[name] = value.replace(inUrl, inRules);
    }
    if (tag === "style") children.splice(0, Infinity, wordsOf(children).replace(inStyle, inRules));
  }
}

const inUrl = /(url\(["']?)#([^"')]+)/g;
const inStyle = /(url\(["']?)?#([\w-]+)/g;
