/** Syntax errors in cells, of which Deno's kernel tells nothing. @module */
import { parse } from "@babel/parser";

/** What is wrong with the syntax of a cell, and in which line, in words; undefined where nothing is. */
export function syntaxErrorIn(source: string): string | undefined {
  try {
    parse(source, { sourceType: "module", plugins: ["typescript", "jsx"] });
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number; index: number } };
    if (!loc) return undefined;
    return `syntax error in line ${loc.line}: ${
      inWords(message, source.slice(0, loc.index), source.slice(loc.index))
    }`;
  }
}

function inWords(message: string, before: string, from: string): string {
  const isAwait = /^await\b/.test(from) && (message.includes("reserved word") || /\bfor\s*$/.test(before));
  if (isAwait) return "await in a function that is not async (write async in front of the function)";
  return message.replace(/\s*\(\d+:\d+\)$/, "").replace(/\.$/, "");
}
