/** From `-p name=value` and files of values to checked values. @module */
import { CourseError } from "../common/errors.ts";
import { reasonOf } from "../common/files.ts";
import { isInexact, readNumber } from "../common/numbers.ts";
import { parseYaml } from "../common/yaml.ts";
import type { Parameter } from "./declaration.ts";
import { isOf, refusal, shown, takesNumbers, type Value, type Values } from "./type.ts";

/** The settings of the command line: texts, by the names of parameters. */
export type Assignments = ReadonlyMap<string, string>;

/** Reads `name=value`. Throws a `CourseError` where it is anything else. */
export function readAssignment(argument: string): [name: string, text: string] {
  const at = argument.indexOf("=");
  if (at > 0) return [argument.slice(0, at).trim(), argument.slice(at + 1)];
  const wayOut = "write it as name=value, as in -p producers=3";
  throw new CourseError(`Cannot understand -p ${shown(argument)}: ${wayOut}.`);
}

/**
 * Checks the value of a parameter: a text of the command line, or what a file holds.
 *
 * Throws a `CourseError` that says what is allowed where the value is not.
 */
export function checkValue({ name, type }: Parameter, given: unknown): Value {
  const readings = typeof given === "string" ? readText(given) : [given];
  for (const reading of readings) if (isOf(reading, type)) return reading;
  const text = typeof given === "string" && takesNumbers(type) && !type.isList ? given.trim() : "";
  const change = isInexact(text) ? `, which would become ${Number(text)}` : "";
  throw new CourseError(refusal(name, given, type, change));
}

/** Returns what a text of the command line can mean: a number, `true`, `false`, `null`, a list, and the text itself. */
function readText(text: string): unknown[] {
  const isYaml = /^(?:true|false|null|\[.*\])$/s.test(text);
  try {
    return [isYaml ? parseYaml(text) : readNumber(text), text];
  } catch {
    return [text];
  }
}

/** Checks the values of those of the parameters that are `given` one, in the order of the declarations. */
export function assign(parameters: Parameter[], given: ReadonlyMap<string, unknown>): Values {
  const set = parameters.filter(({ name }) => given.has(name));
  return new Map(set.map((parameter) => [parameter.name, checkValue(parameter, given.get(parameter.name))]));
}

/** Returns the parameter of this name. Throws a `CourseError` that lists those there are. */
export function parameterNamed(parameters: Parameter[], name: string, notebook: string): Parameter {
  const found = parameters.find((parameter) => parameter.name === name);
  if (found) return found;
  const names = parameters.map((parameter) => parameter.name).join(", ") || "none";
  throw new CourseError(`Cannot set ${shown(name)}: ${notebook} has no such parameter. It has ${names}.`);
}

/** Reads a file of values, JSON or YAML. Throws a `CourseError` where it is not a list of names and values. */
export async function readValuesFile(path: string): Promise<Map<string, unknown>> {
  try {
    const values = new Map(Object.entries(Object(parseYaml(await Deno.readTextFile(path)))));
    if (values.size > 0 && values.keys().every((name) => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name))) {
      return values;
    }
    throw new Error("it holds no names"); // they are not quoted: the file may hold secrets
  } catch (error) {
    const why = reasonOf(error).split("\n")[0].replace(/[.:]$/, "");
    const wayOut = "Write name: value on each line, or a JSON object";
    throw new CourseError(`Cannot read parameters from ${path}: ${why}. ${wayOut}.`);
  }
}
