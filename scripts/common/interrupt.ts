/** The user, or the system, wants the program to end. */
export class Interrupted extends Error {
  /** @param exitCode that of the program, by the custom of shells: 128 and the signal's number */
  constructor(signal: Deno.Signal, readonly exitCode: number) {
    super(`Interrupted by ${signal}.`);
  }
}

const exitCodes: [Deno.Signal, number][] = [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]];

/** The time in which a second signal is the same one, in milliseconds: `deno task` passes on what the terminal sends to all. */
const same = 500;

/**
 * Returns a signal that Ctrl-C (or SIGTERM, or the end of the terminal) aborts, so that what runs can clean up; a second
 * Ctrl-C ends the program at once.
 */
export function listenForInterrupts(): AbortSignal {
  const controller = new AbortController();
  let aborted = Infinity;
  for (const [signal, exitCode] of Deno.build.os === "windows" ? exitCodes.slice(0, 1) : exitCodes) {
    Deno.addSignalListener(signal, () => {
      if (performance.now() > aborted + same) Deno.exit(exitCode);
      aborted = Math.min(aborted, performance.now());
      controller.abort(new Interrupted(signal, exitCode));
    });
  }
  return controller.signal;
}
