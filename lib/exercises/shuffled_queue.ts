import type { Future, Handle, ReadyQueue } from "../loop.ts";

/**
 * Returns a ready queue in the random order that `draw` gives. Tasks that wait for a queue, or for room in one, keep their
 * order among each other: a queue is first in, first out, whatever else happens.
 */
export function shuffledQueue(draw: () => number): ReadyQueue {
  const handles: Handle[] = [];
  return Object.assign(handles, {
    isEmpty: () => handles.length === 0,
    toArray: () => handles,
    shift() {
      const own = handles.findIndex(({ task }) => !task); // the loop's own steps are done at once
      return handles.splice(own >= 0 ? own : drawn(), 1)[0];
    },
  });

  function drawn(): number {
    const at = Math.floor(draw() * handles.length);
    const kind = kindOf(handles[at]);
    const keepsOrder = kind === "get" || kind === "put";
    return keepsOrder ? handles.findIndex((handle) => kindOf(handle) === kind) : at;
  }
}

/** The kind of future that `handle` is, or waits for. */
function kindOf(handle: Handle): string | undefined {
  const { future, kind } = handle as { future?: Future<unknown>; kind?: string };
  return future?.kind ?? kind;
}
