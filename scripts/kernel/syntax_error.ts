/** Syntax errors in cells, of which Deno's kernel tells nothing. @module */
import { parse } from "@babel/parser";

type ParseError = Error & { loc?: { line: number; column: number; index: number } };

/**
 * The first thing that is wrong with the syntax of a cell, with its line and column, from 1; undefined where nothing is.
 * `isOpen` where the code only ends too early: who types it goes on in the next line.
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
