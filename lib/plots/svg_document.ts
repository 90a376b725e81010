/** A document that Plot draws in: as much of a DOM as its figures need, in every kernel, in a worker, in a terminal. @module */
import { escapeMarkup } from "../escape.ts";

/** An element of a drawing; its texts are strings. */
class Element {
  parentNode: Element | null = null;
  readonly ownerDocument = svgDocument;
  readonly namespaceURI = "http://www.w3.org/2000/svg";
  readonly childNodes: (Element | string)[] = [];
  readonly #attributes = new Map<string, string>();

  constructor(readonly tagName: string) {}

  set textContent(text: string) {
    this.childNodes.splice(0, Infinity, ...text ? [text] : []);
  }

  setAttribute(name: string, value: unknown): void {
    this.#attributes.set(name, String(value));
  }

  removeAttribute(name: string): void {
    this.#attributes.delete(name);
  }

  insertBefore(child: Element, before: Element | null): Element {
    child.remove();
    this.childNodes.splice(before ? this.childNodes.indexOf(before) : this.childNodes.length, 0, child);
    child.parentNode = this;
    return child;
  }

  appendChild(child: Element): Element {
    return this.insertBefore(child, null);
  }

  append(...children: unknown[]): void {
    for (const it of children) {
      if (it instanceof Element) this.appendChild(it);
      else this.childNodes.push(String(it));
    }
  }

  remove(): void {
    const siblings = this.parentNode?.childNodes;
    siblings?.splice(siblings.indexOf(this), 1);
    this.parentNode = null;
  }

  querySelectorAll(selector: string): Element[] {
    return this.childNodes.filter((child) => typeof child !== "string").flatMap((child) => [
      ...selector === "*" || selector === child.tagName ? [child] : [],
      ...child.querySelectorAll(selector),
    ]);
  }

  querySelector(selector: string): Element | null {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  get outerHTML(): string {
    const attributes = [...this.#attributes].reverse()
      .map(([name, value]) => ` ${name}="${escapeMarkup(value)}"`).join("");
    const inside = this.childNodes.map((it) => typeof it === "string" ? escapeMarkup(it) : it.outerHTML);
    const end = inside.length > 0 ? `>${inside.join("")}</${this.tagName}>` : " />";
    return `<${this.tagName}${attributes}${end}`;
  }
}

/** The document, of which an element takes itself for a part. */
export const svgDocument = {
  createElementNS: (_svg: string, name: string) => new Element(name),
  documentElement: undefined as Element | undefined,
};
svgDocument.documentElement = new Element("html");
