/** Reads and checks values, from `-p name=value` or from a file. @module */
import { CourseError } from "../common/errors.ts";
import { reasonOf } from "../common/files.ts";
import { isInexact, readNumber } from "../common/numbers.ts";
import { parseYaml } from "../common/yaml.ts";
import type { Parameter } from "./declaration.ts";
import { isOf, refusal, shown, takesNumbers, type Value, type Values } from "./type.ts";

/** The values given on the command line, unparsed, by the name of their parameter. */
export type Assignments = ReadonlyMap<string, string>;

/** Splits `name=value`. Throws a `CourseError` for anything else. */
export function readAssignment(argument: string): [name: string, text: string] {
  const at = argument.indexOf("=");
  if (at > 0) return [argument.slice(0, at).trim(), argument.slice(at + 1)];
  const wayOut = "write it as name=value, as in -p producers=3";
  throw new CourseError(`Cannot read -p ${shown(argument)}: ${wayOut}.`);
}

/** Checks a value from the command line or from a file. Throws a `CourseError` that says which values are allowed. */
export function checkValue({ name, type }: Parameter, given: unknown): Value {
  const readings = typeof given === "string" ? readText(given) : [given];
  for (const reading of readings) if (isOf(reading, type)) return reading;
  const text = typeof given === "string" && takesNumbers(type) && !type.isList ? given.trim() : "";
  const change = isInexact(text) ? `, which would become ${Number(text)}` : "";
  throw new CourseError(refusal(name, given, type, change));
}

/** Returns the possible meanings of a text on the command line: a number, `true`, `false`, `null`, a list, and the text itself. */
function readText(text: string): unknown[] {
  const isYaml = /^(?:true|false|null|\[.*\])$/s.test(text);
  try {
    return [isYaml ? parseYaml(text) : readNumber(text), text];
  } catch {
    return [text];
  }
}

/** Checks the `given` values; returns them in the order in which their parameters are declared. */
export function assign(parameters: Parameter[], given: ReadonlyMap<string, unknown>): Values {
  const set = parameters.filter(({ name }) => given.has(name));
  return new Map(set.map((parameter) => [parameter.name, checkValue(parameter, given.get(parameter.name))]));
}

/** Returns the parameter with this name. Throws a `CourseError` that lists the existing ones. */
export function parameterNamed(parameters: Parameter[], name: string, notebook: string): Parameter {
  const found = parameters.find((parameter) => parameter.name === name);
  if (found) return found;
  const names = parameters.map((parameter) => parameter.name).join(", ") || "none";
  throw new CourseError(`Cannot set ${shown(name)}: ${notebook} has no such parameter. It has ${names}.`);
}

/** Reads a JSON or YAML file of values. Throws a `CourseError` if it does not contain names and values. */
export async function readValuesFile(path: string): Promise<Map<string, unknown>> {
  try {
    const values = new Map(Object.entries(Object(parseYaml(await Deno.readTextFile(path)))));
    if (values.size > 0 && values.keys().every((name) => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name))) {
      return values;
    }
    throw new Error("it contains no names"); // and none is quoted: the file may contain secrets
  } catch (error) {
    const why = reasonOf(error).split("\n")[0].replace(/[.:]$/, "");
    const wayOut = "Write name: value on each line, or a JSON object";
    throw new CourseError(`Cannot read parameters from ${path}: ${why}. ${wayOut}.`);
  }
}
