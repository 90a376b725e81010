/**
 * An error for people: the message is one or more plain sentences that name what failed, the value,
 * and the way out. The command line prints the message alone, never a stack.
 *
 * @example
 * ```ts
 * const error = new CourseError("Cannot read lesson.ipynb: the file is empty. Restore it, or delete it.");
 * console.error(error.message);
 * ```
 */
export class CourseError extends Error {
  override name = "CourseError";
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
