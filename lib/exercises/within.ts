import { host } from "../host/mod.ts";
import { engineTurn, setNextTurn } from "../turns.ts";

const clock = performance;

/** The end of a program that has a limit: its own, or the limit's, while it was "busy" or "waiting". */
export type End = "over" | "busy" | "waiting";

/**
 * Runs a program that may never end for a number of milliseconds at the most. Its turns follow each other in one of the
 * engine's, so that one limit holds for all that runs in them, promise callbacks too.
 *
 * @param main must not fail
 */
export function within(milliseconds: number, main: () => Promise<void>): Promise<End> {
  const deadline = clock.now() + milliseconds;
  const turns: (() => void)[] = [];
  let next = 0;
  let isOver = false;
  let start: (() => void) | undefined = async () => {
    await main();
    isOver = true;
  };
  const take = (runPromises: () => void) => {
    start?.();
    start = undefined;
    runPromises();
    while (!isOver && next < turns.length) {
      turns[next++]();
      runPromises();
    }
  };
  return new Promise((resolve) => {
    const end = (how: End) => {
      setNextTurn(engineTurn);
      resolve(how);
    };
    const turn = () => {
      const left = deadline - clock.now();
      if (left <= 0) return end("waiting");
      if (host.runsWithin) {
        if (!host.runsWithin(left, take)) return end("busy");
      } else take(() => {});
      if (isOver) return end("over");
      engineTurn(turn); // it waits for something outside
    };
    if (host.runsWithin) setNextTurn((callback) => void turns.push(callback));
    engineTurn(turn);
  });
}
