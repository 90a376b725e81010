import { now } from "./execution.ts";
import { experiment } from "./experiment.ts";
import { generated, processed } from "./lines.ts";
import { random } from "./random.ts";
import type { Run } from "./run.ts";
import { sleepSync } from "./sleep_sync.ts";

/**
 * Runs the synchronous program of notebook 0, for comparison: all items are generated, then all are processed.
 *
 * ```ts
 * import { baseline } from "@course/lib";
 *
 * const run = await baseline({ items: 20, seed: 2164 });
 * console.log(run.total.toFixed(2)); // 30.17
 * ```
 *
 * @param options.items the number of items of each producer
 */
export function baseline(
  { items, producers = 1, seed }: { items: number; producers?: number; seed: number },
): Promise<Run> {
  const name = producers === 1 ? "synchronous" : `synchronous, producers: ${producers}`;
  return experiment(name, { seed, quiet: true }, () => {
    const data: [value: number, time: number][] = [];
    for (let i = 0; i < producers * items; i++) {
      const idx = i % items + 1; // one producer after another
      data.push([idx * idx, now()]);
      generated(idx);
      sleepSync(random() + 0.5);
    }
    for (const [value, time] of data) {
      processed(value, now() - time);
      sleepSync(0.5);
    }
  });
}
