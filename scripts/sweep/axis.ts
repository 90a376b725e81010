/** The values of one parameter in a sweep: `1..5`, `0..10..2`, `1,2,5`, or a single value. @module */
import { CourseError } from "../common/errors.ts";
import { checkValue } from "../parameters/assign.ts";
import type { Parameter } from "../parameters/declaration.ts";
import { readNumber } from "../parameters/range.ts";
import { literal, shown, type Value } from "../parameters/type.ts";

/** The greatest number of points of a sweep. */
export const MOST_POINTS = 10_000;

/** A parameter and the values it takes, in the order given. */
export interface Axis {
  name: string;
  values: Value[];
  /** The values as they were given: `1..5`. */
  text: string;
}

/**
 * Reads the values that a text names. Throws a `CourseError` where it names none, one of them twice, one that the parameter
 * cannot have, or more than a sweep can take.
 */
export function readAxis(parameter: Parameter, text: string): Axis {
  const { name } = parameter;
  const isNumeric = typeof parameter.default === "number";
  const given: (string | number)[] = [];
  for (const part of text.split(/,(?![^[]*\])/).map((part) => part.trim())) { // not the commas of a list
    if (part === "") {
      throw cannot(name, text, "there is a value missing. Write it as 1..5, 0..10..2 or 1,2,5");
    }
    if (isNumeric && dash.test(part)) {
      throw cannot(name, text, `${part} is no range (Did you mean ${part.replace(dash, "$1..$2")}?)`);
    }
    given.push(...isNumeric && part.includes("..") ? rangeOf(name, text, part) : [part]);
    if (given.length > MOST_POINTS) throw cannot(name, text, tooMany(given.length));
  }
  const values = given.map((value) => checkValue(parameter, value));
  const literals = new Set<string>();
  const repeated = values.find((value) => literals.size === literals.add(literal(value)).size);
  if (repeated !== undefined) throw cannot(name, text, `${shown(repeated)} is there twice. Name it once`);
  return { name, values, text };
}

/** A range as people write it elsewhere: `1-5`. */
const dash = /^(\d+(?:\.\d+)?)\s*[-–]\s*(\d+(?:\.\d+)?)$/;

function rangeOf(name: string, text: string, part: string): number[] {
  const ends = part.split("..");
  const numbers = ends.map((end) => readNumber(end) ?? NaN);
  const [from, to, step = 1] = numbers;
  const wrong = ends.length > 3 || part.includes("...") || numbers.some(Number.isNaN)
    ? "it is no range. Write one as 1..5, or as 0..10..2 with a step"
    : !numbers.every(Number.isFinite)
    ? "it never ends. Give both ends"
    : step <= 0
    ? "its step must be above 0"
    : to < from
    ? `it runs backwards. Write ${to}..${from}`
    : undefined;
  if (wrong) throw cannot(name, text, wrong);
  // A range such as 0..1..0.1 ends with 1, though ten times 0.1 is a little more.
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (count > MOST_POINTS) throw cannot(name, text, tooMany(count));
  const isWhole = Number.isInteger(from) && Number.isInteger(step);
  return Array.from({ length: count }, (_, i) => {
    const value = from + i * step;
    return isWhole ? value : Number(value.toPrecision(12)); // 0.3, not 0.30000000000000004
  });
}

function tooMany(count: number): string {
  return `that is ${count} values, and a sweep takes at most ${MOST_POINTS} points. Make it shorter`;
}

function cannot(name: string, text: string, why: string): CourseError {
  return new CourseError(`Cannot sweep ${name} over ${shown(text)}: ${why}.`);
}
