/// <reference lib="dom" />
/** Stand-in for htmlparser2: the browser parses HTML itself. @module */
import type { Handler } from "htmlparser2";

/** Parses HTML; a browser does not tell the positions of tags. */
export class Parser {
  readonly startIndex = 0;
  readonly endIndex = -1;

  constructor(readonly on: Partial<Handler>) {}

  end(html: string): void {
    const template = document.createElement("template");
    // The browser reports each handler as a breach of the page's policy, though none would run.
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
