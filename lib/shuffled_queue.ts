import { checkWhole } from "./arguments.ts";
import type { Future, Handle, ReadyQueue } from "./loop.ts";
import { seeded } from "./random.ts";

/**
 * Returns a function that creates ready queues with a random order, a different one for each `order`; undefined for 0,
 * which is first come, first served. Tasks that wait for items, or for room, keep their order among themselves, since a
 * queue is always first in, first out.
 *
 * @throws {LessonError} if `order` is not a whole number of at least 0
 */
export function shuffled(order: number): (() => ReadyQueue) | undefined {
  checkWhole("the order", order, 0);
  const draw = seeded(Math.imul(order, 40_503) >>> 0); // farther apart than 0.02: see `seeded`
  return order > 0 ? () => shuffledQueue(draw) : undefined;
}

function shuffledQueue(draw: () => number): ReadyQueue {
  const handles: Handle[] = [];
  return Object.assign(handles, {
    toArray: () => handles,
    shift() {
      const own = handles.findIndex(({ task }) => !task); // the loop's own steps go first
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

/** The kind of the future that `handle` is, or waits for. */
function kindOf(handle: Handle): string | undefined {
  const { future, kind } = handle as { future?: Future; kind?: string };
  return future?.kind ?? kind;
}
