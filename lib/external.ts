import { Future, runningLoop } from "./loop.ts";

/**
 * Makes something from outside, such as a fetch, known to the loop, so that a task can await it. Virtual time
 * stands still until it is there, since nobody can say how long it would have taken. What another task of the loop
 * fulfils is no such thing, and could be waited for in vain: use a {@linkcode Queue}.
 *
 * ```ts
 * import { EventLoop, external, now } from "@course/lib";
 *
 * async function main() {
 *   const { default: value } = await external(import("data:text/javascript,export default 42"));
 *   return [value, now()];
 * }
 *
 * const loop = new EventLoop();
 * console.log(await loop.runUntilComplete(loop.createTask(main))); // [ 42, 0 ]
 * ```
 *
 * @throws {LessonError} where no loop is running
 */
export function external<T>(promise: PromiseLike<T>): Future<T> {
  const loop = runningLoop("wait for something external");
  const future = new Future<T>(loop, "external");
  const arrived = loop.waitOutside();
  promise.then(
    (value) => (future.resolve(value), arrived()),
    (error) => (future.reject(error), arrived()),
  );
  loop.notifyCreated(future, external);
  return future;
}
