import { runningExperiment } from "./execution.ts";
import type { Kind } from "./loop.ts";

/**
 * Passes on the values of a generator, and records it as a task: each stretch up to a `yield` is a slice. So the plots can
 * show a loop of your own that runs generators, without a change to the loop.
 *
 * ```ts
 * import { experiment, sleepSync, traced } from "@course/lib";
 *
 * function* work() {
 *   yield { kind: "sleep" as const };
 * }
 *
 * const run = await experiment("a loop of my own", {}, () => {
 *   for (const _ of traced("work", work())) sleepSync(2);
 * });
 * console.log(run.steps.map(({ start, next }) => `${start} ${next}`)); // [ "0 sleep", "2 end" ]
 * ```
 *
 * @param name the name of its lane
 * @param task yields objects whose `kind` says what it waits for, like a future's; by default, for something outside
 * @throws {LessonError} outside of an experiment, once it is started
 */
export function* traced<Wait extends { kind?: Kind }>(
  name: string,
  task: Iterator<Wait, void>,
): Generator<Wait, void> {
  const { clock, trace } = runningExperiment("draw a task");
  const lane = trace.addLane(name);
  for (;;) {
    const start = clock.now();
    trace.ownLane = lane;
    const { done, value } = task.next();
    trace.addSlice(lane, start, clock.now(), done ? "end" : value?.kind ?? "external");
    if (done) return;
    yield value;
  }
}
