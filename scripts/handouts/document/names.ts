/** Hands out names that are unique in one page or one folder: "queue", then "queue-1", then "queue-2". */
export class Names {
  #taken = new Set<string>();
  #next = new Map<string, number>();

  constructor(reserved: Iterable<string> = []) {
    for (const name of reserved) this.#taken.add(name.toLowerCase());
  }

  /** Takes `wanted` and its ending, or the first free name like it. Capitals make no difference: on some disks they don't. */
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

/** A percent-encoded text as people read it; what is wrongly encoded stays as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
