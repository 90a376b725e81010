/** A document for Plot to draw in, where there is no DOM: as much of one as its figures need. @module */
import { escapeMarkup } from "../escape.ts";

/** An element of a drawing, which holds text or other elements. */
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

  readonly insertBefore = this.appendChild; // Plot draws in order

  /**
   * The element as markup, to a tenth of a pixel. Plot's style sheet is left out, and so are the labels of parts: a text
   * describes the picture as a whole.
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

/** The document that elements belong to. */
export const svgDocument = {
  createElementNS: (_svg: string, name: string) => new Element(name),
  get documentElement(): Element {
    return new Element("html");
  },
};
