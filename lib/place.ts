import type { Callable } from "./loop.ts";

/** A place in a program: the cell or file as a stack names it, `In[3]` say, with line and column from 1. */
export type Place = { source: string; line: number; column: number };

/** The stack of a call, which the engine writes when it is read. */
export type Stack = { stack?: string };

const stacks = new WeakMap<object, Stack>();

/** Captures the line that called `by`, and keeps it for what `by` returned, if that is given. It takes two microseconds. */
export function captureCaller(by: Callable, returned?: object): Stack {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  const holder: Stack = {};
  Error.captureStackTrace?.(holder, by);
  Error.stackTraceLimit = limit;
  if (returned) stacks.set(returned, holder);
  return holder;
}

/** The stack that was captured for what a call returned, if any. */
export const stackOf = (returned: object | undefined): Stack | undefined => returned && stacks.get(returned);

/** Reads the place of the captured call, as V8 writes it, `at name (place)`, or Firefox, `name@place`; undefined if there is none. */
export function placeIn(captured: Stack | undefined): Place | undefined {
  const [, source, line, column] = /([^\s()@]+):(\d+):(\d+)\)?$/m.exec(captured?.stack ?? "") ?? [];
  return source ? { source, line: Number(line), column: Number(column) } : undefined;
}
