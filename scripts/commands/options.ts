/** Options that several commands take. @module */
import { InvalidArgumentError, Option } from "commander";
import { CourseError } from "../common/errors.ts";
import { kernelKinds, kernelNamed } from "../kernel/kinds.ts";
import { type Assignments, readAssignment } from "../parameters/assign.ts";
import { shown } from "../parameters/type.ts";

/** The options that `run` and `sweep` share. */
export interface RunArguments {
  parameter: Assignments;
  out: string;
  timeout: number;
}

/** `--kernel NAME`; its value is the kernel of that name. */
export const kernelOption = new Option("--kernel <name>", "the kernel that runs the notebooks")
  .choices(kernelKinds.map((kind) => kind.name)).argParser(kernelNamed)
  .default(kernelKinds[0], JSON.stringify(kernelKinds[0].name));

/** `--timeout SECONDS`, 60 where it is not given. */
export const timeoutOption = new Option("--timeout <seconds>", "how long a cell may take")
  .argParser(readSeconds).default(60);

/** `--course FOLDER`: a course of somebody's own; this one where it is not given. */
export const courseOption = new Option("--course <folder>", "the folder of a course, with its course.yaml");

/** `-p name=value`, as often as one likes, but for each name once; its value is a map of texts. */
export function parameterOption(name: string, description: string): Option {
  const collect = (argument: string, before: Assignments) => {
    const [name, text] = readAssignment(argument);
    const other = before.get(name);
    if (other === undefined) return new Map([...before, [name, text]]);
    const twice = `to ${shown(other)} and to ${shown(text)}`;
    throw new CourseError(`Cannot set ${shown(name)} twice, ${twice}: give one of them.`);
  };
  return new Option(`-p, --parameter <${name}>`, description).argParser(collect).default(new Map(), "none");
}

function readSeconds(text: string): number {
  if (Number(text) > 0) return Number(text);
  throw new InvalidArgumentError("A number of seconds above 0 is needed.");
}
