/** The points of a sweep: every combination of the parameters' values. @module */
import { CourseError } from "../common/errors.ts";
import { type Assignment, parameterNamed, refuseRepeated } from "../parameters/assign.ts";
import type { Parameter } from "../parameters/declaration.ts";
import { storable, type Value, type Values } from "../parameters/type.ts";
import { type Axis, MOST_POINTS, readAxis } from "./axis.ts";

/** The parameter that only picks the random numbers: its values are the same experiment again. */
export const SEED = "seed";

/** One run of the notebook to make: a value for every parameter. */
export interface Point {
  values: Values;
  /** The values as text: the same for the same point in any sweep. */
  key: string;
}

/** All runs to make. */
export interface Grid {
  parameters: Parameter[];
  axes: Axis[];
  points: Point[];
  /** The notebook's own values, with each of the seeds: what the points are compared with. Some may be points. */
  baseline: Point[];
}

/**
 * Reads what the command line asks for. Throws a `CourseError` for what the notebook does not have or take, and for
 * more points than a sweep can have.
 */
export function readGrid(parameters: Parameter[], assignments: Assignment[], notebook: string): Grid {
  refuseRepeated(assignments);
  if (assignments.length === 0) {
    throw new CourseError(`Cannot sweep ${notebook}: name a parameter and its values, as in -p seed=1..20.`);
  }
  const axes = assignments.map(({ name, text }) =>
    readAxis(parameterNamed(parameters, name, notebook), text)
  );
  const count = axes.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST_POINTS) {
    const product = axes.map(({ values }) => values.length).join(" × ");
    throw new CourseError(
      `Cannot sweep ${notebook}: ${product} = ${count} points, and ${MOST_POINTS} is the most. Name fewer values.`,
    );
  }
  return {
    parameters,
    axes,
    points: combine(parameters, axes),
    baseline: combine(parameters, axes.filter(({ name }) => name === SEED)),
  };
}

/** A point with these values: the parameters that are not among them have their defaults. */
export function pointOf(parameters: Parameter[], values: Values): Point {
  const defaults = parameters.map((parameter): [string, Value] => [parameter.name, parameter.default]);
  const all: Values = new Map([...defaults, ...values]);
  return { values: all, key: JSON.stringify([...all].map(([name, value]) => [name, storable(value)])) };
}

function combine(parameters: Parameter[], axes: Axis[]): Point[] {
  let points: Values[] = [new Map()];
  for (const { name, values } of axes) {
    points = points.flatMap((point) => values.map((value): Values => new Map([...point, [name, value]])));
  }
  return points.map((values) => pointOf(parameters, values));
}
