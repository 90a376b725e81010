/** The user, or the system, wants the program to end. */
export class Interrupted extends Error {
  /** The exit code of the program, by the custom of shells: 128 and the signal's number. */
  readonly exitCode: number;

  constructor(signal: Deno.Signal, exitCode: number) {
    super(`Interrupted by ${signal}.`);
    this.exitCode = exitCode;
  }
}

const exitCodes = Deno.build.os === "windows" ? { SIGINT: 130 } : { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** The time in which a second signal is the same one, in milliseconds: `deno task` passes on what the terminal sends to all. */
const same = 500;

/**
 * A signal that Ctrl-C (or SIGTERM, or the end of the terminal) aborts, so that what runs can clean up; a second Ctrl-C
 * ends the program at once. Disposing gives the signals back.
 */
export function listenForInterrupts(): { signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  let aborted = Infinity;
  const listeners = Object.entries(exitCodes).map(([name, exitCode]) => {
    const signal = name as Deno.Signal;
    const listener = () => {
      if (performance.now() > aborted + same) Deno.exit(exitCode);
      aborted = Math.min(aborted, performance.now());
      controller.abort(new Interrupted(signal, exitCode));
    };
    Deno.addSignalListener(signal, listener);
    return { signal, listener };
  });
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const { signal, listener } of listeners) Deno.removeSignalListener(signal, listener);
    },
  };
}
