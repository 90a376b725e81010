/** A document in which Plot draws where there is none, as in a worker. Written out, its elements are linkedom's. @module */

const svg = "http://www.w3.org/2000/svg";
const letters: Record<string, string> = { "<": "&lt;", ">": "&gt;", "&": "&amp;", "\xA0": "&#160;" };
const escaped = (text: string) => text.replace(/[<>&\xA0]/g, (letter) => letters[letter]);

/** An element, or, with `data`, a text. */
class Node {
  parentNode: Node | null = null;
  readonly childNodes: Node[] = [];
  readonly #attributes = new Map<string, string>();

  constructor(
    readonly ownerDocument: unknown,
    readonly namespaceURI: string,
    readonly tagName: string,
    readonly data?: string,
  ) {}

  set textContent(text: string | null) {
    for (const child of [...this.childNodes]) child.remove();
    if (text) this.append(text);
  }

  setAttribute(name: string, value: unknown): void {
    this.#attributes.set(name, String(value));
  }

  removeAttribute(name: string): void {
    this.#attributes.delete(name);
  }

  insertBefore(child: Node, before: Node | null): Node {
    child.remove();
    this.childNodes.splice(before ? this.childNodes.indexOf(before) : this.childNodes.length, 0, child);
    child.parentNode = this;
    return child;
  }

  appendChild(child: Node): Node {
    return this.insertBefore(child, null);
  }

  append(...children: unknown[]): void {
    for (const it of children) {
      this.appendChild(it instanceof Node ? it : new Node(this.ownerDocument, "", "#text", String(it)));
    }
  }

  remove(): void {
    const siblings = this.parentNode?.childNodes;
    siblings?.splice(siblings.indexOf(this), 1);
    this.parentNode = null;
  }

  querySelectorAll(selector: string): Node[] {
    return this.childNodes.filter(({ data }) => data === undefined).flatMap((child) => [
      ...selector === "*" || selector === child.tagName ? [child] : [],
      ...child.querySelectorAll(selector),
    ]);
  }

  querySelector(selector: string): Node | null {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  get outerHTML(): string {
    if (this.data !== undefined) return escaped(this.data);
    const attributes = [...this.#attributes].reverse()
      .map(([name, value]) => ` ${name}="${escaped(value).replaceAll('"', "&quot;")}"`).join("");
    const inside = this.childNodes.map((child) => child.outerHTML).join("");
    return this.childNodes.length === 0 && this.namespaceURI === svg
      ? `<${this.tagName}${attributes} />`
      : `<${this.tagName}${attributes}>${inside}</${this.tagName}>`;
  }
}

/** Stands in for linkedom's function of this name: a new document. */
export function parseHTML() {
  const document = {
    createElement: (name: string): Node => new Node(document, "http://www.w3.org/1999/xhtml", name),
    createElementNS: (namespace: string, name: string): Node => new Node(document, namespace, name),
    createTextNode: (text: string): Node => new Node(document, "", "#text", text),
    documentElement: undefined as Node | undefined,
  };
  document.documentElement = document.createElement("html");
  return { document };
}
