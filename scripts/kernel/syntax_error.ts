/** Syntax errors in cells, of which Deno's kernel tells nothing. @module */
import { parse, type ParserPlugin } from "@babel/parser";

/** The first thing that is wrong with the syntax of a cell, with its line and column, from 1; undefined where nothing is. */
export function syntaxProblem(source: string) {
  const { message, loc } = parseError(source) ?? {};
  if (!message || !loc) return undefined;
  const words = inWords(message, source.slice(0, loc.index), source.slice(loc.index));
  return { line: loc.line, column: loc.column + 1, message: words };
}

type ParseError = Error & { loc?: { line: number; column: number; index: number } };

/** The first error in the code of a cell: in TypeScript, or, where only that helps, with JSX, which takes `<T>(x: T) => x` for an element. */
function parseError(source: string): ParseError | undefined {
  const error = errorAs(source, "typescript");
  return error && errorAs(source, "typescript", "jsx") && error;
}

/** The error of a parser that knows so much. */
export function errorAs(source: string, ...plugins: ParserPlugin[]): ParseError | undefined {
  try {
    parse(source, { sourceType: "module", plugins });
  } catch (error) {
    return error as ParseError;
  }
}

function inWords(message: string, before: string, from: string): string {
  const isAwait = /^await\b/.test(from) && (message.includes("reserved word") || /\bfor\s*$/.test(before));
  if (isAwait) return "await in a function that is not async (write async in front of the function)";
  return message.replace(/\s*\(\d+:\d+\)$/, "").replace(/\.$/, "");
}
