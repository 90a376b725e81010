/** Options that several commands share. @module */
import { InvalidArgumentError, Option } from "commander";
import { CourseError } from "../common/errors.ts";
import { kernelKinds, kernelNamed } from "../kernel/kinds.ts";
import { type Assignments, readAssignment } from "../parameters/assign.ts";
import { shown } from "../parameters/type.ts";

/** The options of both `run` and `sweep`. */
export interface RunArguments {
  parameter: Assignments;
  out: string;
  timeout: number;
}

/** `--kernel NAME`, whose value is the kernel of that name. */
export const kernelOption = new Option("--kernel <name>", "the kernel to run the notebooks with")
  .choices(kernelKinds.map((kind) => kind.name)).argParser(kernelNamed)
  .default(kernelKinds[0], JSON.stringify(kernelKinds[0].name));

/** `--timeout SECONDS`, 60 by default. */
export const timeoutOption = new Option("--timeout <seconds>", "the time limit of each cell")
  .argParser(readSeconds).default(60);

/** `--course FOLDER`: the folder of another course; this one by default. */
export const courseOption = new Option("--course <folder>", "another course's folder, with its course.yaml");

/** `-p name=value`, which may be repeated, but only once for each name; its value is a map of strings. */
export function parameterOption(name: string, description: string): Option {
  const collect = (argument: string, before: Assignments) => {
    const [name, text] = readAssignment(argument);
    const other = before.get(name);
    if (other === undefined) return new Map([...before, [name, text]]);
    throw new CourseError(`Cannot set ${shown(name)} to both ${shown(other)} and ${shown(text)}: give one.`);
  };
  return new Option(`-p, --parameter <${name}>`, description).argParser(collect).default(new Map(), "none");
}

function readSeconds(text: string): number {
  if (Number(text) > 0) return Number(text);
  throw new InvalidArgumentError("Give a number of seconds above 0.");
}
