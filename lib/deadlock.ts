import { DeadlockError, LessonError } from "./errors.ts";
import type { Task } from "./task.ts";

/** The error of a run in which every task waits and nothing is left that could wake one. */
export function deadlock(tasks: Iterable<Task>): DeadlockError {
  const sentences = [...tasks].filter((task) => task.waitsFor.length > 0)
    .map((task) => `${task.name} waits for ${task.waitsFor.map((future) => future.label).join(" and ")}`);
  const kinds = new Set([...tasks].flatMap((task) => task.waitsFor.map((future) => future.kind)));
  const waysOut = [
    ...kinds.has("get") ? ["Put in as many items as are taken out."] : [],
    ...kinds.has("put") ? ["Take out as many items as are put in."] : [],
  ];
  const sentence = `This run can never end: ${sentences.join("; ") || "no task is left that could end it"}.`;
  return new DeadlockError([sentence, ...waysOut].join(" "));
}

/** The error of a task that waits for something of which the loop knows nothing. */
export function stray(task: Task): LessonError {
  return new LessonError(
    `${task.name} awaits something of which the loop knows nothing, a fetch or a timer of its own: ` +
      "write await external(…) around it, and the loop will wait.",
  );
}
