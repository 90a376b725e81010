/** The values and types of parameters. A parameter is data, never code: its value is written as a literal. @module */
import { isIn, type NumberRange, rangeInWords } from "./range.ts";

/** A value that a parameter can have. */
export type Value = number | string | boolean | null | readonly Value[];

/** Values by the names of their parameters. */
export type Values = Map<string, Value>;

/** A primitive type that a parameter can have. */
export type Kind = "number" | "string" | "boolean";

/** The type of a parameter. `number | null` has one kind and one choice; `("a" | "b")[]` is a list with two choices. */
export interface Type {
  /** The type in TypeScript. */
  written: string;
  isList: boolean;
  kinds: Kind[];
  choices: Value[];
  /** The range of its numbers. */
  range: NumberRange;
}

/** Returns true if a value has a type. */
export function isOf(value: unknown, { isList, kinds, choices, range }: Type): value is Value {
  if (Array.isArray(value) !== isList) return false;
  return [value].flat().every((item) =>
    choices.includes(item as Value) ||
    kinds.some((kind) => typeof item === kind) && (typeof item !== "number" || isIn(item, range))
  );
}

/** Returns true if a type, or the items of its lists, can be numbers. */
export function takesNumbers({ kinds, choices }: Pick<Type, "kinds" | "choices">): boolean {
  return kinds.includes("number") || choices.some((choice) => typeof choice === "number");
}

/** Describes a type: `a whole number from 1 to 1000`, `one of fast, slow`, `a string, or null`. */
export function typeInWords({ isList, kinds, choices, range }: Type): string {
  const words = { number: rangeInWords(range), string: "a string", boolean: "true or false" };
  const choice = (choices.length > 1 ? "one of " : "") + choices.map(String).join(", ");
  const item = [...kinds.map((kind) => words[kind]), choice].filter(Boolean).join(", or ");
  return isList ? `a list in brackets, each item ${item}` : item;
}

/** Words the error for a value that a parameter cannot have; `change` follows the value. */
export function refusal(name: string, given: unknown, type: Type, change = ""): string {
  return `Cannot set ${name} to ${shown(given)}${change}: give ${typeInWords(type)}.`;
}

/** Parameters whose values are known only after their cell has run. */
export type Computed = [name: string, type: Type][];

/** Returns the error for the first parameter whose current value is not allowed; undefined if all are. */
export async function refusedValue(computed: Computed, valueOf: (name: string) => unknown) {
  for (const [name, type] of computed) {
    const value = await valueOf(name);
    if (!isOf(value, type)) return refusal(name, value, type);
  }
}

/** Formats a value for an error: short, on one line, and in quotes unless it is a plain word. */
export function shown(given: unknown): string {
  if (typeof given === "number" || given === undefined) return String(given);
  const text = typeof given === "string" ? given : JSON.stringify(given);
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return /^[\w.+-]+$/.test(short) ? short : JSON.stringify(short);
}

/** Writes a value as a TypeScript literal. No string escapes its quotes. */
export function literal(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value).replace(
    /[\u2028\u2029\u007f-\u009f]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Formats a value for people: a string without quotes, except in a list, where it may contain commas. */
export function plainly(value: Value | undefined): string {
  return Array.isArray(value) ? literal(value) : String(value);
}

/** A replacer for `JSON.stringify` that writes `Infinity`, which JSON lacks, as a string. */
export function storable(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
