import type { HandoutDocument, MarkdownBlock } from "./document.ts";
import { parseMarkdown } from "./markdown.ts";

/** The block that the title was lifted out of, if anything else is left of it: its source still has the heading. */
export function titleBlock({ blocks, titleTokens }: HandoutDocument): MarkdownBlock | undefined {
  if (titleTokens.length === 0) return;
  return blocks.find((block) =>
    block.kind === "markdown" && parseMarkdown(block.source).length > block.tokens.length
  ) as MarkdownBlock | undefined;
}
