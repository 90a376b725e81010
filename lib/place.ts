import type { Callable } from "./loop.ts";

/** A place in a program: the cell or file by its name in stacks, `In[3]` say, with line and column from 1. */
export type Place = { source: string; line: number; column: number };

/** The stack of a call, which the engine formats only when it is read. */
export type Stack = { stack?: string };

const stacks = new WeakMap<object, Stack>();

/** Captures the place that called `by`, for {@linkcode stackOf} if `by` has `returned` something. */
export function captureCaller(by: Callable, returned?: object): Stack {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  const holder: Stack = {};
  Error.captureStackTrace?.(holder, by);
  Error.stackTraceLimit = limit;
  if (returned) stacks.set(returned, holder);
  return holder;
}

/** Returns the stack of the call that returned this, if it was captured. */
export const stackOf = (returned: object | undefined): Stack | undefined => returned && stacks.get(returned);

/** Parses the place from a stack, which V8 writes as `at name (place)` and Firefox as `name@place`. */
export function placeIn(captured: Stack | undefined): Place | undefined {
  const [, source, line, column] = /([^\s()@]+):(\d+):(\d+)\)?$/m.exec(captured?.stack ?? "") ?? [];
  return source ? { source, line: Number(line), column: Number(column) } : undefined;
}
