/** Stand-in for the reader of Markdown, which a page shows as it is written. @module */
import { h, type Node } from "../../document/tree.ts";

export const parseMarkdown = (source: string): string => source;
export const proseContent = (source: string): Node[] => [h("pre", {}, source)];
