/** Values and types of parameters. A parameter is data, never code: its value is written as a literal. @module */
import { isIn, type NumberRange, rangeInWords } from "./range.ts";

/** A value that a parameter can have. */
export type Value = number | string | boolean | null | readonly Value[];

/** Values by the name of their parameter. */
export type Values = Map<string, Value>;

/** A type of TypeScript's that a parameter can have. */
export type Kind = "number" | "string" | "boolean";

/** The type of a parameter: `number | null` has a kind and a choice, `("a" | "b")[]` is a list with two choices. */
export interface Type {
  /** The type as TypeScript writes it. */
  written: string;
  isList: boolean;
  kinds: Kind[];
  choices: Value[];
  /** The range of its numbers. */
  range: NumberRange;
}

/** Returns true for a value of a type. */
export function isOf(value: unknown, { isList, kinds, choices, range }: Type): value is Value {
  if (Array.isArray(value) !== isList) return false;
  return [value].flat().every((item) =>
    choices.includes(item as Value) ||
    kinds.some((kind) => typeof item === kind) && (typeof item !== "number" || isIn(item, range))
  );
}

/** Returns true where some values of a type, or some items of its lists, are numbers. */
export function takesNumbers({ kinds, choices }: Pick<Type, "kinds" | "choices">): boolean {
  return kinds.includes("number") || choices.some((choice) => typeof choice === "number");
}

/** A type in words: `a whole number from 1 to 1000`, `one of fast, slow`, `a text, or null`. */
export function typeInWords({ isList, kinds, choices, range }: Type): string {
  const words = { number: rangeInWords(range), string: "a text", boolean: "true or false" };
  const choice = (choices.length > 1 ? "one of " : "") + choices.map(String).join(", ");
  const item = [...kinds.map((kind) => words[kind]), choice].filter(Boolean).join(", or ");
  return isList ? `a list in brackets, each item ${item}` : item;
}

/** Says that a parameter cannot have a value, and which it can; `change` is added to the value. */
export function refusal(name: string, given: unknown, type: Type, change = ""): string {
  return `Cannot set ${name} to ${shown(given)}${change}: give ${typeInWords(type)}.`;
}

/** Parameters whose values are known only when their cell has run. */
export type Computed = [name: string, type: Type][];

/** Returns why one of the parameters cannot have the value that it has now; undefined where all can. */
export async function refusedValue(computed: Computed, valueOf: (name: string) => unknown) {
  for (const [name, type] of computed) {
    const value = await valueOf(name);
    if (!isOf(value, type)) return refusal(name, value, type);
  }
}

/** Writes what was given for an error: short, on one line, and in quotes where it is not a plain word. */
export function shown(given: unknown): string {
  if (typeof given === "number" || given === undefined) return String(given);
  const text = typeof given === "string" ? given : JSON.stringify(given);
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return /^[\w.+-]+$/.test(short) ? short : JSON.stringify(short);
}

/** Writes a value as TypeScript that means nothing but it. No text gets out of its quotes. */
export function literal(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value).replace(
    /[\u2028\u2029\u007f-\u009f]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Writes a value for people: a text without quotes, but those in a list, which may hold commas. */
export function plainly(value: Value | undefined): string {
  return Array.isArray(value) ? literal(value) : String(value);
}

/** For `JSON.stringify`: writes a number that JSON does not know, `Infinity`, as a text. */
export function storable(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
