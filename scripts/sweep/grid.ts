/** The points of a sweep: every combination of its parameters' values. @module */
// @ts-types="npm:@types/d3-array@3.2.2"
import { cross } from "d3-array";
import { CourseError } from "../common/errors.ts";
import { readNumber } from "../common/numbers.ts";
import { type Assignments, checkValue, parameterNamed } from "../parameters/assign.ts";
import type { Parameter } from "../parameters/declaration.ts";
import { isOf, literal, shown, storable, takesNumbers, type Value, type Values } from "../parameters/type.ts";

/** The parameter that only picks random numbers: each of its values repeats the same experiment. */
export const SEED = "seed";
/** The most points that a sweep can have. */
const MOST_POINTS = 10_000;
const wayOut = `${MOST_POINTS} is the most. Name fewer values`;

/** A parameter, its values in the order given, and the text that names them: `1..5`. */
export type Axis = ReturnType<typeof readAxis>;

/** The runs to make. */
export type Grid = ReturnType<typeof readGrid>;

/** One run to make: a value for every parameter, and a key, which depends on these values alone. */
export type Point = Grid["points"][number];

/**
 * Reads the values that the command line gives. Throws a `CourseError` for a parameter that the notebook does not have, a
 * value that it cannot have, and more points than a sweep can have.
 */
export function readGrid(parameters: Parameter[], assignments: Assignments, notebook: string) {
  const cannot = (why: string) => new CourseError(`Cannot sweep ${notebook}: ${why}.`);
  if (assignments.size === 0) throw cannot("name a parameter and its values, as in -p seed=1..20");
  const axes = Array.from(assignments, ([name, text]) => {
    return readAxis(parameterNamed(parameters, name, notebook), text);
  });
  const counts = axes.map(({ values }) => values.length);
  const count = counts.reduce((product, count) => product * count);
  if (count > MOST_POINTS) throw cannot(`${counts.join(" × ")} = ${count} points, and ${wayOut}`);
  const defaults = parameters.map((parameter): [string, Value] => [parameter.name, parameter.default]);
  const combinations: Value[][] = cross(...axes.map(({ values }) => values) as [Value[], Value[]]);
  const points = combinations.map((given) => {
    const values: Values = new Map([...defaults, ...axes.map(({ name }, i) => [name, given[i]] as const)]);
    return { values, key: JSON.stringify([...values], storable) };
  });
  return { parameters, axes, points };
}

/**
 * Reads a list of values, each once: `1..5`, `0..10..2`, `1,2,5` or a single one. Throws a `CourseError` for a missing value,
 * one that the parameter cannot have, and more values than a sweep can have points.
 */
export function readAxis(parameter: Parameter, text: string) {
  const { name, type } = parameter;
  const cannot = (why: string) => new CourseError(`Cannot sweep ${name} over ${shown(text)}: ${why}.`);
  const isRange = (part: string) =>
    takesNumbers(type) && !type.isList && /\.\.|\d-\d/.test(part) && !isOf(part, type);
  const parts = text.split(/,(?![^[]*\])/).map((part) => part.trim()); // not the commas of a list
  if (parts.includes("")) throw cannot("a value is missing. Write 1..5, 0..10..2 or 1,2,5");
  const given = parts.flatMap((part): unknown[] => isRange(part) ? rangeOf(part, cannot) : [part]);
  const values = given.map((value) => checkValue(parameter, value));
  const once = new Map(values.map((value) => [literal(value), value]));
  return { name, values: [...once.values()], text };
}

function rangeOf(text: string, cannot: (why: string) => CourseError): number[] {
  const numbers = text.split("..").map((end) => readNumber(end) ?? NaN);
  const [from, to, step = 1] = numbers;
  const isFinite = numbers.every(Number.isFinite) && !text.includes("...");
  if (numbers.length > 3 || !isFinite || to < from || step <= 0) {
    throw cannot("it is not a range. Write one from least to most, such as 1..5, or 0..10..2 with a step");
  }
  // A range such as 0..1..0.1 ends with 1, though ten times 0.1 is a little more.
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (count > MOST_POINTS) throw cannot(`that is ${count} values, and ${wayOut}`);
  // Fifteen digits give 0.3, and not 0.30000000000000004.
  return Array.from({ length: count }, (_, i) => Number((from + i * step).toPrecision(15)));
}
