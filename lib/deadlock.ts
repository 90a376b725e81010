import { DeadlockError, LessonError } from "./errors.ts";
import type { Task } from "./task.ts";

/** The error of a run in which every task waits and nothing is left that could wake one. */
export function deadlock(tasks: Iterable<Task>): DeadlockError {
  const sentences = [...tasks].filter((task) => task.waitsFor.length > 0)
    .map((task) => `${task.name} waits for ${task.waitsFor.map((future) => future.label).join(" and ")}`);
  return new DeadlockError(
    `This run can never end: ${sentences.join("; ") || "no task is left that could end it"}.`,
  );
}

/** The error of a task that waits for something of which the loop knows nothing. */
export function stray(task: Task): LessonError {
  return new LessonError(
    `${task.name} awaits something of which the loop knows nothing, a fetch or a timer of its own: ` +
      "write await external(…) around it, and the loop will wait.",
  );
}
