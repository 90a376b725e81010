/** A document in which Plot draws where there is none, as in a worker: written out, its elements are those of linkedom. @module */

const svg = "http://www.w3.org/2000/svg";
const letters: Record<string, string> = { "<": "&lt;", ">": "&gt;", "&": "&amp;", "\xA0": "&#160;" };
const escaped = (text: string) => text.replace(/[<>&\xA0]/g, (letter) => letters[letter]);

/** What elements and texts have in common. */
class Leaf {
  parentNode: Element | null = null;

  constructor(readonly ownerDocument: Document) {}

  get parentElement(): Element | null {
    return this.parentNode;
  }

  get nextSibling(): Leaf | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  get textContent(): string {
    return "";
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }

  cloneNode(_deep?: boolean): Leaf {
    return this;
  }
}

class Text extends Leaf {
  readonly nodeType = 3;

  constructor(ownerDocument: Document, public data: string) {
    super(ownerDocument);
  }

  override get textContent(): string {
    return this.data;
  }

  override set textContent(text: string) {
    this.data = String(text);
  }

  override cloneNode(): Text {
    return new Text(this.ownerDocument, this.data);
  }

  override toString(): string {
    return escaped(this.data);
  }
}

class Element extends Leaf {
  readonly nodeType = 1;
  readonly nodeName: string;
  readonly childNodes: Leaf[] = [];
  readonly #attributes = new Map<string, string>();
  readonly #style = new Map<string, string>();
  readonly style = {
    setProperty: (name: string, value: unknown) => {
      this.#style.set(name, String(value));
      this.setAttribute("style", [...this.#style].map((pair) => pair.join(":")).join(";"));
    },
  };

  constructor(ownerDocument: Document, readonly namespaceURI: string, readonly tagName: string) {
    super(ownerDocument);
    this.nodeName = tagName;
  }

  get children(): Element[] {
    return this.childNodes.filter((child) => child instanceof Element);
  }

  get firstChild(): Leaf | null {
    return this.childNodes[0] ?? null;
  }

  override get textContent(): string {
    return this.childNodes.map((child) => child.textContent).join("");
  }

  override set textContent(text: unknown) {
    for (const child of [...this.childNodes]) this.removeChild(child);
    if (text !== "" && text !== null) this.append(String(text));
  }

  hasAttribute(name: string): boolean {
    return this.#attributes.has(name);
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  setAttribute(name: string, value: unknown): void {
    this.#attributes.set(name, String(value));
  }

  setAttributeNS(_: string, name: string, value: unknown): void {
    this.setAttribute(name, value);
  }

  removeAttribute(name: string): void {
    this.#attributes.delete(name);
  }

  insertBefore(child: Leaf | string, before: Leaf | null): Leaf {
    const node = typeof child === "string" ? new Text(this.ownerDocument, child) : child;
    node.remove();
    this.childNodes.splice(before ? this.childNodes.indexOf(before) : this.childNodes.length, 0, node);
    node.parentNode = this;
    return node;
  }

  appendChild(child: Leaf): Leaf {
    return this.insertBefore(child, null);
  }

  append(...children: (Leaf | string)[]): void {
    for (const child of children) this.insertBefore(child, null);
  }

  removeChild(child: Leaf): void {
    this.childNodes.splice(this.childNodes.indexOf(child), 1);
    child.parentNode = null;
  }

  replaceWith(...nodes: Leaf[]): void {
    for (const node of nodes) this.parentNode!.insertBefore(node, this);
    this.remove();
  }

  querySelectorAll(selector: string): Element[] {
    return this.children.flatMap((child) => [
      ...selector === "*" || selector === child.tagName ? [child] : [],
      ...child.querySelectorAll(selector),
    ]);
  }

  querySelector(selector: string): Element | null {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  override cloneNode(deep?: boolean): Element {
    const copy = new Element(this.ownerDocument, this.namespaceURI, this.tagName);
    for (const [name, value] of this.#attributes) copy.setAttribute(name, value);
    if (deep) { for (const child of this.childNodes) copy.append(child.cloneNode(true)); }
    return copy;
  }

  get outerHTML(): string {
    return this.toString();
  }

  override toString(): string {
    const attributes = [...this.#attributes].reverse()
      .map(([name, value]) => ` ${name}="${escaped(value).replaceAll('"', "&quot;")}"`).join("");
    return this.childNodes.length === 0 && this.namespaceURI === svg
      ? `<${this.tagName}${attributes} />`
      : `<${this.tagName}${attributes}>${this.childNodes.join("")}</${this.tagName}>`;
  }
}

class Document {
  readonly nodeType = 9;
  readonly documentElement = this.createElement("html");

  createElement(name: string): Element {
    return this.createElementNS("http://www.w3.org/1999/xhtml", name);
  }

  createElementNS(namespace: string, name: string): Element {
    return new Element(this, namespace, name);
  }

  createTextNode(text: string): Text {
    return new Text(this, text);
  }
}

/** Stands in for linkedom's function of this name: a new document. */
export function parseHTML(): { document: Document } {
  return { document: new Document() };
}
