/** The command line of the course. Each command is a file in `commands/`, and a line here. @module */
import { Command, CommanderError } from "commander";
import { check } from "./commands/check.ts";
import { course } from "./commands/course.ts";
import { handouts } from "./commands/handouts.ts";
import { kernels } from "./commands/kernels.ts";
import { lab } from "./commands/lab.ts";
import { run } from "./commands/run.ts";
import { sweep } from "./commands/sweep.ts";
import { CourseError } from "./errors.ts";
import { Interrupted, listenForInterrupts } from "./interrupt.ts";

/** Runs the command line and returns the exit code: 0, 1 after an error, 130 after Ctrl-C. */
export async function main(args: string[]): Promise<number> {
  using interrupts = listenForInterrupts();
  const { signal } = interrupts;
  const program = new Command("deno task").description("Runs the course's notebooks.");
  for (const command of [course, run, sweep, handouts, check, lab, kernels]) {
    program.addCommand(command(signal));
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      outputError: (text, write) => write(text + parameterMeant(text, command)),
    });
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    return report(error);
  }
}

/** A way out for who wrote a parameter as if it were an option: `--producers=3`. */
function parameterMeant(text: string, command: Command): string {
  const [, assignment] = /^error: unknown option '--([\w$]+=.*)'\n$/.exec(text) ?? [];
  const takesParameters = command.options.some(({ short }) => short === "-p");
  return assignment && takesParameters ? `(Did you mean -p ${assignment}?)\n` : "";
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode;
  if (error instanceof Interrupted) {
    console.error(error.message);
    return error.exitCode;
  }
  console.error(error instanceof CourseError ? error.message : error);
  return 1;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
