/** The range of a number, as a comment states it: `whole, 1 to 1000: items to make`. @module */
import { readNumber } from "../common/numbers.ts";

/** The kinds of bounds, as comments word them. */
const bounds = { least: "at least", most: "at most", above: "above", below: "below" };
const names = Object.keys(bounds) as (keyof typeof bounds)[];

/** The numbers that a parameter accepts; a missing bound is infinite. */
export type NumberRange = { [name in keyof typeof bounds]?: number } & { whole?: boolean };

/** Splits a comment into the range before the colon, if there is one, and the help after it. */
export function readRange(comment: string): { range: NumberRange; help: string } {
  const colon = comment.indexOf(":");
  const range = colon < 0 ? undefined : rangeOf(comment.slice(0, colon));
  return range ? { range, help: comment.slice(colon + 1).trim() } : { range: {}, help: comment.trim() };
}

function rangeOf(text: string): NumberRange | undefined {
  const range: NumberRange = {};
  for (const part of text.replace(/(\S+) to (\S+)/, "at least $1, at most $2").split(/\s*,\s*/)) {
    const name = names.find((name) => part.trim().startsWith(bounds[name]));
    const number = name && readNumber(part.replace(bounds[name], ""));
    if (part.trim() === "whole") range.whole = true;
    else if (name && number !== undefined) range[name] = number;
    else return undefined;
  }
  return range;
}

/** Returns true if a number is in a range; NaN never is. */
export function isIn(value: number, { least, most, above, below, whole }: NumberRange): boolean {
  return value >= (least ?? -Infinity) && value <= (most ?? Infinity) &&
    (above === undefined || value > above) && (below === undefined || value < below) &&
    (!whole || Number.isInteger(value));
}

/** Describes a range: `a whole number from 1 to 1000`. */
export function rangeInWords(range: NumberRange): string {
  const set = names.filter((name) => range[name] !== undefined);
  const words = set.map((name) => `${bounds[name]} ${range[name]}`).join(" and ")
    .replace(/^at least (\S+) and at most/, "from $1 to").replace(/^at/, "of at");
  return `a ${range.whole ? "whole " : ""}number ${words}`.trim();
}
