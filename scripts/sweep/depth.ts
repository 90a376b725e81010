/** How the queue of several runs fills and empties, told as one. @module */
import type { RunFigures } from "../../lib/report.ts";
import { type Spread, spreadOf } from "./spread.ts";

/** How many items wait at a time, over several runs. */
export interface DepthAt extends Spread {
  time: number;
}

/** The spread of the queue's depth over runs, at so many times from 0 to `until`. A run that is over has an empty one. */
export function depthOver(runs: RunFigures[], until: number, times = 200): DepthAt[] {
  const readers = runs.map(readerOf);
  return Array.from({ length: times + 1 }, (_, i) => {
    const time = until * i / times;
    return { time, ...spreadOf(readers.map((sizeAt) => sizeAt(time)))! };
  });
}

/** Reads a run's depth at times that only grow. */
function readerOf({ depth, total }: RunFigures): (time: number) => number {
  let next = 0;
  return (time) => {
    while (next < depth.length && depth[next][0] <= time) next++;
    return next === 0 || time > total ? 0 : depth[next - 1][1];
  };
}
