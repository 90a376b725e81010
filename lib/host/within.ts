// Runs a program that may never end. Deno and Node have V8's time limit for scripts and a function that runs all pending
// promise callbacks. Neither is in the types, and a page has neither.
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

/** The milliseconds beyond a limit at which the engine ends code that blocks the thread; code that waits ends before. */
const GRACE = 50;

/** The way a program ended: by itself, or at the limit, while it was "busy" or "waiting". */
export type End = "over" | "busy" | "waiting";

/**
 * Runs a program that may never end for a limited number of milliseconds. All its turns run within one turn of the engine,
 * so that one time limit covers everything in them, promise callbacks too. In a page, which has no limit for code that
 * blocks the thread, only a program that waits is ended.
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
      engineTurn(turn); // the program is over, or waits for something outside
    };
    if (script) setNextTurn((callback) => void turns.push(callback));
    engineTurn(turn);
  });
}

/** Calls `main`, and returns false if it was ended at the limit; then none of its `catch` and `finally` blocks run. */
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
