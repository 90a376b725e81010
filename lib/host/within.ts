// Ends code that blocks the thread. Deno and Node both have V8's time limit for scripts, and a call that runs the promise
// callbacks which are ready; neither is in the types, and a page has neither.
import type { Host } from "./host.ts";

interface Engine {
  process?: {
    getBuiltinModule?(name: "node:vm"): typeof import("node:vm");
    _tickCallback?(): void;
  };
  Deno?: { internal: string; [internal: string]: unknown };
}

const { process, Deno } = globalThis as unknown as Engine;
const core = Deno?.[Deno.internal] as { core: { runMicrotasks(): void } } | undefined;
const runPromises = core ? () => core.core.runMicrotasks() : () => process?._tickCallback?.();
const MAIN = Symbol.for("course.within");
const vm = process?.getBuiltinModule?.("node:vm");
const script = vm && new vm.Script(`globalThis[Symbol.for("${MAIN.description}")]()`);

/** Implements {@linkcode Host.runsWithin}. */
export const runsWithin: Host["runsWithin"] = script && ((milliseconds, main) => {
  let isOver = false;
  Object.assign(globalThis, {
    [MAIN]() {
      main(runPromises);
      isOver = true;
    },
  });
  try {
    script.runInThisContext({ timeout: Math.ceil(milliseconds) });
  } catch (error) {
    if ((error as { code?: string } | undefined)?.code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
  }
  return isOver;
});
