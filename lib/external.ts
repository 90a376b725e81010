import { Future, runningLoop } from "./loop.ts";

/**
 * Wraps a promise from outside the loop, a fetch for example, so that a task can await it. Virtual time stands still until
 * the promise settles, since nobody knows how long it would take. So do not wrap a promise that another task settles: that
 * task could sleep forever. Use a {@linkcode Queue}.
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
 * @throws {LessonError} if no loop is running
 */
export function external<T>(promise: PromiseLike<T> | T): Future<T> {
  const loop = runningLoop("wait for something external");
  const future = new Future<T>(loop, "external", external);
  Promise.resolve(promise)
    .then((value) => future.resolve(value), (error) => future.reject(error))
    .then(loop.waitOutside());
  return future;
}
