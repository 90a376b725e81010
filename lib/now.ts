import { clockInUse } from "./setting.ts";

/**
 * The time, in seconds since the experiment began.
 *
 * @throws {LessonError} outside of an experiment
 */
export function now(): number {
  return clockInUse("tell the time").now();
}
