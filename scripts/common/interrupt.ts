/** Thrown when a signal asks the program to end. */
export class Interrupted extends Error {
  /** @param exitCode The program's exit code, as shells expect it: 128 plus the number of the signal. */
  constructor(signal: Deno.Signal, readonly exitCode: number) {
    super(`Interrupted by ${signal}.`);
  }
}

const exitCodes: [Deno.Signal, number][] = [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]];

/** The milliseconds within which a second signal is a duplicate: the terminal signals us, and so does `deno task`. */
const duplicate = 500;

/**
 * Returns an `AbortSignal` that Ctrl-C, SIGTERM or the loss of the terminal aborts, so that the program can clean up. A
 * second Ctrl-C ends the program at once.
 */
export function listenForInterrupts(): AbortSignal {
  const controller = new AbortController();
  let aborted = Infinity;
  for (const [signal, exitCode] of Deno.build.os === "windows" ? exitCodes.slice(0, 1) : exitCodes) {
    Deno.addSignalListener(signal, () => {
      if (performance.now() > aborted + duplicate) Deno.exit(exitCode);
      aborted = Math.min(aborted, performance.now());
      controller.abort(new Interrupted(signal, exitCode));
    });
  }
  return controller.signal;
}
