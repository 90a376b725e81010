// Runs a program that may never end. Deno and Node both have V8's time limit for scripts, and a call that runs the promise
// callbacks which are ready; neither is in the types, and a page has neither.
import { engineTurn, setNextTurn } from "../turns.ts";

interface Engine {
  process?: { _tickCallback?(): void };
  Deno?: { internal: string; [internal: string]: unknown };
}

const { process, Deno } = globalThis as unknown as Engine;
const clock = performance; // a program may replace it
const core = Deno?.[Deno.internal] as { core: { runMicrotasks(): void } } | undefined;
const runPromises = core ? () => core.core.runMicrotasks() : () => process?._tickCallback?.();
const MAIN = Symbol.for("course.within");
const vm = globalThis.process?.getBuiltinModule?.("node:vm");
const script = vm && new vm.Script(`globalThis[Symbol.for("${MAIN.description}")]()`);

/** The milliseconds after a limit at which the engine ends code that blocks the thread: code that only waits is over by then. */
const GRACE = 50;

/** The end of a program that has a limit: its own, or the limit's, while it was "busy" or "waiting". */
export type End = "over" | "busy" | "waiting";

/**
 * Runs a program that may never end for a number of milliseconds at the most. Its turns follow each other in one of the
 * engine's, so that one limit holds for all that runs in them, promise callbacks too. Where the engine has no limit for
 * code that blocks the thread (a page), only a program that waits is ended.
 *
 * @param main must not fail
 */
export function within(milliseconds: number, main: () => Promise<void>): Promise<End> {
  const deadline = clock.now() + milliseconds;
  let isOver = false;
  const turns: (() => void)[] = [() => void main().then(() => isOver = true)];
  const takeTurns = () => {
    for (let turn = turns.shift(); turn && !isOver; turn = turns.shift()) {
      turn();
      if (script) runPromises();
    }
  };
  return new Promise((resolve) => {
    const end = (how: End) => {
      setNextTurn(engineTurn);
      resolve(how);
    };
    const turn = () => {
      const left = deadline - clock.now();
      if (isOver) return end("over");
      if (left <= 0) return end("waiting");
      if (!isDoneIn(left, takeTurns)) return end("busy");
      engineTurn(turn); // it is over, or waits for something outside
    };
    if (script) setNextTurn((callback) => void turns.push(callback));
    engineTurn(turn);
  });
}

/** Calls `main`, and ends it after a number of milliseconds: no `catch` and no `finally` of it runs then. */
function isDoneIn(milliseconds: number, main: () => void): boolean {
  try {
    Object.assign(globalThis, { [MAIN]: main });
    if (script) script.runInThisContext({ timeout: Math.ceil(milliseconds) + GRACE });
    else main();
    return true;
  } catch (error) {
    if ((error as { code?: string } | undefined)?.code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    return false;
  }
}
