import { LessonError } from "./errors.ts";

/** The longest wait, in seconds: some 30 years. */
const LONGEST = 1e9;

/**
 * Returns `seconds` if that is a valid time to wait.
 *
 * @param action for the error: `Cannot ${action} for -1 s: …`
 * @throws {LessonError} if it is not a number, negative, or longer than 30 years
 */
export function checkSeconds(action: string, seconds: number): number {
  if (typeof seconds === "number" && seconds >= 0 && seconds <= LONGEST) return seconds;
  const value = describe(seconds) + (typeof seconds === "number" ? " s" : "");
  throw new LessonError(`Cannot ${action} for ${value}: give a number of seconds from 0 to ${LONGEST}.`);
}

/**
 * Returns `value` if it is a whole number from `least` to `most`.
 *
 * @throws {LessonError} if it is anything else
 */
export function checkWhole(name: string, value: number, least: number, most?: number): number {
  if (Number.isInteger(value) && value >= least && value <= (most ?? Number.MAX_SAFE_INTEGER)) return value;
  const range = most === undefined ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new LessonError(`Cannot use ${describe(value)} as ${name}: give a whole number ${range}.`);
}

/**
 * Returns `speed` if a clock can run at it: any number above 0; `Infinity` for a clock that never waits.
 *
 * @throws {LessonError} if it is anything else
 */
export function checkSpeed(speed: number): number {
  if (typeof speed === "number" && speed > 0) return speed;
  const advice = "give a number above 0; 1 is real time, Infinity never waits.";
  throw new LessonError(`Cannot run at speed ${describe(speed)}: ${advice}`);
}

/** Returns true for a promise or a future. */
export function isAwaitable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";
}

/** Describes a value for an error, on one short line. */
export function describe(value: unknown): string {
  if (isAwaitable(value)) return "a promise";
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "function") return value.name ? `the function ${value.name}` : "an unnamed function";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) {
    const name = (value as Record<symbol, string>)[Symbol.toStringTag] ||
      value.constructor?.name?.replace(/^Object$/, "object") || "object";
    return `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}`;
  }
  return String(value);
}
