import { elementsOf, type Node, wordsOf } from "./tree.ts";

/** Makes names unique within a page or folder: "queue", then "queue-1", then "queue-2". */
export class Names {
  #taken = new Set<string>();
  #next = new Map<string, number>();

  constructor(reserved: Iterable<string> = []) {
    for (const name of reserved) this.#taken.add(name.toLowerCase());
  }

  /** Claims `wanted` with its ending, or the first free variant. Case is ignored, as some file systems do. */
  claim(wanted: string, ending = ""): string {
    const key = (wanted + ending).toLowerCase();
    let name = wanted + ending;
    for (let n = this.#next.get(key) ?? 1; this.#taken.has(name.toLowerCase()); n++) {
      name = `${wanted}-${n}${ending}`;
      this.#next.set(key, n + 1);
    }
    this.#taken.add(name.toLowerCase());
    return name;
  }
}

/** A heading's anchor, as GitHub makes it: lower case, dashes for spaces, no punctuation. */
export function slug(heading: string): string {
  const words = heading.normalize("NFKC").toLowerCase().trim().replace(/\s+/g, "-");
  return words.replace(/[^\p{L}\p{M}\p{N}_-]/gu, "") || "section";
}

/** Decodes percent-encoded text; malformed text is returned unchanged. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Maps the ids of elements by `to`, and the references to them. */
export function renameIds(nodes: Node[], to: (id: string, tag: string) => string): void {
  const elements = [...elementsOf(nodes)];
  const names = new Map<string, string>();
  for (const { tag, attributes } of elements) {
    if (attributes.id !== undefined) names.set(attributes.id, attributes.id = to(attributes.id, tag));
  }
  if (names.size === 0) return;
  const named = (id: string) => names.get(id) ?? names.get(decoded(id)) ?? id;
  const inRules = (all: string, url: string | undefined, id: string) => {
    if (!names.has(id)) return all;
    return url || /^[\w-]+$/.test(named(id)) ? `${url ?? ""}#${named(id)}` : `[id="${named(id)}"]`;
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
