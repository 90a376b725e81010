/** Values for parameters: checked, and written as literals. A parameter is data, never code. @module */
import { CourseError } from "../common/errors.ts";
import type { Parameter, Value } from "./declaration.ts";
import { isIn, rangeInWords } from "./range.ts";

/** Values by the name of their parameter. */
export type Values = Map<string, Value>;

const NUMBER = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|Infinity)$/i;

/**
 * The value of a parameter, from a text of the command line or from what a file holds.
 *
 * Throws a `CourseError` that says what is allowed where the value is not.
 */
export function checkValue(parameter: Parameter, given: unknown): Value {
  const value = typeof given === "string" ? fromText(parameter, given) : given;
  if (isAllowed(parameter, value)) return value;
  const many = typeof given === "string" && /\d(?:\.\.|,)[\d-]/.test(given) && parameter.type === "number";
  throw new CourseError(
    `Cannot set ${parameter.name} to ${shown(given)}: give ${allowed(parameter)}.` +
      (many ? " For many values at once, there is deno task sweep." : ""),
  );
}

/** What a parameter can be set to, in words. */
export function allowed({ type, range, choices }: Parameter): string {
  if (type === "boolean") return "true or false";
  if (type === "string") return choices ? `one of ${choices.join(", ")}` : "a text";
  return rangeInWords(range);
}

/** A value as TypeScript that means nothing but it. No text gets out of its quotes. */
export function literal(value: Value): string {
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value).replace(/[\u2028\u2029\u007f-\u009f]/g, escaped);
}

function escaped(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function fromText({ type }: Parameter, text: string): unknown {
  if (type === "number") {
    return NUMBER.test(text.trim()) ? Number(text.replace(/infinity/i, "Infinity")) : text;
  }
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  return text;
}

function isAllowed({ type, range, choices }: Parameter, value: unknown): value is Value {
  if (type === "number") return typeof value === "number" && isIn(value, range);
  if (type === "boolean") return typeof value === "boolean";
  return typeof value === "string" && (choices?.includes(value) ?? true);
}

/** What was given as it is shown in an error: short, on one line, and in quotes where it is not a plain word. */
export function shown(given: unknown): string {
  if (typeof given === "number" || given === undefined) return String(given);
  const text = typeof given === "string" ? given : JSON.stringify(given);
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return /^[\w.+-]+$/.test(short) ? short : JSON.stringify(short);
}
