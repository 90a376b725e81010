import { checkWhole } from "./arguments.ts";
import type { Future, Handle, ReadyQueue } from "./loop.ts";
import { seeded } from "./random.ts";

/**
 * Returns a function that makes ready queues in a random order, another for each `order`; undefined for 0, first come, first
 * served. Tasks that wait for a queue, or for room in one, keep their order among each other: a queue is first in, first
 * out, whatever else happens.
 *
 * @throws {LessonError} if `order` is not a whole number of at least 0
 */
export function shuffled(order: number): (() => ReadyQueue) | undefined {
  checkWhole("the order", order, 0);
  const draw = seeded(Math.imul(order, 40_503) >>> 0); // neighbouring seeds begin with nearly the same number
  return order > 0 ? () => shuffledQueue(draw) : undefined;
}

function shuffledQueue(draw: () => number): ReadyQueue {
  const handles: Handle[] = [];
  return Object.assign(handles, {
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
  const { future, kind } = handle as { future?: Future; kind?: string };
  return future?.kind ?? kind;
}
