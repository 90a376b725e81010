/** Syntax errors in cells, which Deno's kernel does not show. @module */
import { parse } from "@babel/parser";

type ParseError = Error & { loc?: { line: number; column: number; index: number } };

/**
 * Returns the first syntax error in a cell, with its line and column, from 1; undefined if there is none. `isOpen` means
 * that the code is merely incomplete, so that a console continues it on the next line.
 */
export function syntaxProblem(source: string) {
  try {
    parse(source, { sourceType: "module", plugins: ["typescript"] });
  } catch (error) {
    const { message, loc } = error as ParseError;
    if (!loc) return undefined;
    const [before, from] = [source.slice(0, loc.index), source.slice(loc.index)];
    const isOpen = from.trim() === "" || /^(Unterminated (templ|comm)|Missing catch)/.test(message);
    return { line: loc.line, column: loc.column + 1, message: inWords(message, before, from), isOpen };
  }
}

function inWords(message: string, before: string, from: string): string {
  const isAwait = /^await\b/.test(from) && (message.includes("reserved word") || /\bfor\s*$/.test(before));
  if (isAwait) return "await in a function that is not async (write async in front of the function)";
  return message.replace(/\s*\(\d+:\d+\)$/, "").replace(/\.$/, "");
}
