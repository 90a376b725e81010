import { describe, isAwaitable } from "./check.ts";
import { LessonError } from "./errors.ts";
import { Run } from "./run.ts";

/**
 * Returns the run, if it is one.
 *
 * @param action names in the error what cannot be done: `Cannot ${action} a promise: …`
 * @throws {LessonError} if it is anything else; a promise, say, since an `await` was forgotten
 */
export function checkRun(action: string, run: Run): Run {
  if (run instanceof Run) return run;
  const wayOut = isAwaitable(run)
    ? "write await in front of experiment(…)"
    : "give a run, which experiment(…) returns";
  throw new LessonError(`Cannot ${action} ${describe(run)}: ${wayOut}.`);
}

/** Returns the runs, if they are a list of nothing else. @throws {LessonError} if they are not */
export function checkRuns(action: string, runs: Run[]): Run[] {
  if (!Array.isArray(runs)) {
    if (runs as unknown instanceof Run) {
      throw new LessonError(`Cannot ${action} one run: give a list of runs, [run1, run2].`);
    }
    checkRun(action, runs);
  }
  for (const run of runs) checkRun(action, run);
  return runs;
}
