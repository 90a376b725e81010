/// <reference lib="dom" />
/** Stands in for htmlparser2 in a page, where the browser reads HTML. @module */
import type { Handler } from "htmlparser2";

/** Reads HTML; a browser does not say where in the source a tag stands. */
export class Parser {
  readonly startIndex = 0;
  readonly endIndex = -1;

  constructor(readonly on: Partial<Handler>) {}

  end(html: string): void {
    const template = document.createElement("template");
    // The page's policy would tell of each handler, though none runs here.
    template.innerHTML = html.replace(/\son\w+\s*=\s*(?:"[^"]*"|'[^']*')(?=[^<>]*>)/gi, "");
    this.#tell(template.content);
  }

  #tell({ childNodes }: Node): void {
    for (const node of childNodes) {
      if (node instanceof Text) this.on.ontext?.(node.data);
      if (!(node instanceof Element)) continue;
      const attributes = [...node.attributes].map(({ name, value }) => [name, value]);
      this.on.onopentag?.(node.localName, Object.fromEntries(attributes), false);
      this.#tell(node);
      this.on.onclosetag?.(node.localName, false);
    }
  }
}
