/** The course's command line. Each command is a module in `commands/`, imported when it is used. @module */

/** Imports each command lazily: a Deno that is too old cannot even parse some of them. */
const commands = {
  course: async () => (await import("./commands/handouts.ts")).course,
  run: async () => (await import("./commands/run.ts")).run,
  sweep: async () => (await import("./commands/sweep.ts")).sweep,
  handouts: async () => (await import("./commands/handouts.ts")).handouts,
  progress: async () => (await import("./commands/progress.ts")).progress,
  check: async () => (await import("./commands/check.ts")).check,
  lab: async () => (await import("./commands/lab.ts")).lab,
  kernels: async () => (await import("./commands/kernels.ts")).kernels,
  nats: async () => (await import("./commands/nats.ts")).nats,
};

/** Runs the command line and returns the exit code: 0, 1 after an error, or 128 plus the number of a signal. */
export async function main(args: string[]): Promise<number> {
  const { Command, CommanderError } = await import("commander");
  const { CourseError } = await import("./common/errors.ts");
  const { Interrupted, listenForInterrupts } = await import("./common/interrupt.ts");
  const signal = listenForInterrupts();
  const program = new Command("deno task").description("Runs the course's notebooks.").exitOverride();
  const names = Object.hasOwn(commands, args[0]) ? [args[0]] : Object.keys(commands);
  for (const name of names as (keyof typeof commands)[]) {
    program.addCommand((await commands[name]())(signal).exitOverride());
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    const isPlain = error instanceof Interrupted || error instanceof CourseError;
    const isSystemError = error instanceof Error && "code" in error;
    const cannot = isSystemError && `Cannot continue: ${error.message.replace(/ \(os error \d+\)/, "")}.`;
    console.error(isPlain ? error.message : cannot || error);
    return error instanceof Interrupted ? error.exitCode : 1;
  }
}

/** Says how to update a Deno that is too old; returns undefined for one that is not. */
export function tooOldDeno(version: string): string | undefined {
  if (version.localeCompare("2.9.0", "en", { numeric: true }) >= 0) return undefined;
  return `Cannot run the course: it needs Deno 2.9.0 or newer, and this is ${version}. ` +
    "Update it with deno upgrade, or put npx -y in front: npx -y deno task course.";
}

if (import.meta.main) {
  const { printable } = await import("./common/errors.ts");
  for (const name of ["log", "error"] as const) { // file names, too, may contain control sequences
    const print = console[name];
    console[name] = (...values) => print(...values.map((it) => typeof it === "string" ? printable(it) : it));
  }
  const { relative } = await import("node:path");
  const given = Deno.env.get("INIT_CWD") ?? "."; // where the command was typed: `deno task` changes to the project's folder
  if (!relative(".", given).startsWith("..")) Deno.chdir(given);
  const trouble = tooOldDeno(Deno.version.deno);
  if (trouble) console.error(trouble);
  Deno.exit(trouble ? 1 : await main(Deno.args));
}
