/**
 * An error for people. Its message is one or more plain sentences that name what failed, the value, and the way out. The
 * command line prints only the message, never a stack trace.
 *
 * @example
 * ```ts
 * const error = new CourseError("Cannot read lesson.ipynb: the file is empty. Restore it, or delete it.");
 * console.error(error.message);
 * ```
 */
export class CourseError extends Error {
  override name = "CourseError";

  constructor(message?: string) {
    super(message && printable(message));
  }
}

/** Removes control sequences, which cells, file names and kernels may contain, from a text for the terminal. */
export function printable(text: string): string {
  // deno-lint-ignore no-control-regex
  const sequence = /\x1b\][^\x07\x1b]*|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?/g;
  return text.replace(sequence, "").replace(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, "");
}

/** Returns the message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
