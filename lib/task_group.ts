import { CancelledError, LessonError } from "./errors.ts";
import { Future, runningLoop, type Task, type TaskFunction } from "./loop.ts";

/** A group of tasks; see {@linkcode taskGroup}. */
export interface TaskGroup {
  /** Creates a task in the group. @throws {LessonError} if one has failed, or the group is over */
  createTask<Args extends unknown[], T>(fn: TaskFunction<Args, T>, ...args: Args): Task<T>;
}

/**
 * Runs `body`, which creates tasks in a group, and waits for all of them. If one fails, the others and the body are
 * cancelled: no task is left running, and no error is lost, as in asyncio's `TaskGroup` and Trio's nursery.
 *
 * ```ts
 * import { EventLoop, sleep, taskGroup } from "@course/lib";
 *
 * async function main() {
 *   await taskGroup(async (group) => {
 *     group.createTask(sleep, 1);
 *     group.createTask(sleep, 2);
 *   });
 * }
 *
 * const loop = new EventLoop();
 * await loop.runUntilComplete(loop.createTask(main));
 * console.log(loop.clock.now()); // 2
 * ```
 *
 * @throws {AggregateError} with the errors of the tasks and the body
 * @throws {LessonError} if no event loop is running
 */
export async function taskGroup<T>(body: (group: TaskGroup) => T | PromiseLike<T>): Promise<T> {
  const loop = runningLoop("open a task group");
  const parent = loop.current;
  const tasks = new Set<Task>();
  const errors: unknown[] = [];
  let cancelled: CancelledError | undefined; // from outside; thrown only if there are no errors
  let isInBody = true;
  let over: Future<void> | undefined;

  const isAborting = () => errors.length > 0 || cancelled !== undefined;
  const abort = (error: unknown) => {
    if (!isAborting()) tasks.forEach((task) => task.cancel());
    if (error instanceof CancelledError) cancelled ??= error;
    else errors.push(error);
  };
  const group: TaskGroup = {
    createTask(fn, ...args) {
      if (isAborting() || !isInBody && tasks.size === 0) {
        throw new LessonError("Cannot create a task: its group is over, or one of its tasks has failed.");
      }
      const task = loop.createTask(fn, ...args);
      task.awaited = true;
      tasks.add(task);
      task.onDone(() => {
        tasks.delete(task);
        const { outcome, cancelled } = task;
        const fails = outcome?.ok === false && !cancelled;
        const isFirst = fails && !isAborting();
        if (fails) abort(outcome.error);
        if (isFirst && isInBody) parent?.cancel();
        if (isFirst || tasks.size === 0) over?.resolve(); // the others may be done by now
      });
      return task;
    },
  };

  let result: T | undefined;
  try {
    result = await body(group);
  } catch (error) {
    abort(error);
  }
  isInBody = false;
  while (tasks.size > 0) await (over = new Future<void>(loop, "task")).catch(abort);
  if (errors.length > 0) throw new AggregateError(errors, "Tasks of a group have failed.");
  if (cancelled) throw cancelled;
  return result as T;
}
