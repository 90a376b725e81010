/** A document that Plot draws in: as much of a DOM as its figures need, in every kernel, in a worker, in a terminal. @module */
import { escapeMarkup } from "../escape.ts";

/** An element of a drawing; it holds a text, or other elements. */
class Element {
  readonly ownerDocument: object = svgDocument;
  readonly namespaceURI = "http://www.w3.org/2000/svg";
  textContent = "";
  readonly #children: Element[] = [];
  readonly #attributes = new Map<string, string>();

  constructor(readonly tagName: string) {}

  setAttribute(name: string, value: unknown): void {
    this.#attributes.set(name, String(value));
  }

  removeAttribute(name: string): void {
    this.#attributes.delete(name);
  }

  appendChild(child: Element): Element {
    this.#children.push(child);
    return child;
  }

  readonly insertBefore = this.appendChild; // Plot draws from the first to the last

  /**
   * The element as text, without the style sheet of Plot's own. The picture as a whole is described; labels of its parts
   * would only be noise. And a tenth of a pixel will do.
   */
  get outerHTML(): string {
    if (this.tagName === "style") return "";
    const attributes = [...this.#attributes].reverse()
      .filter(([name]) => !/^(class|aria-.*|font-family)$/.test(name))
      .map(([name, value]) => ` ${name}="${escapeMarkup(value).replace(/(\.\d)\d+/g, "$1")}"`).join("");
    const inside = escapeMarkup(this.textContent) + this.#children.map((it) => it.outerHTML).join("");
    return `<${this.tagName}${attributes}${inside ? `>${inside}</${this.tagName}>` : " />"}`;
  }
}

/** The document, of which an element takes itself for a part. */
export const svgDocument = {
  createElementNS: (_svg: string, name: string) => new Element(name),
  get documentElement(): Element {
    return new Element("html");
  },
};
