import { show, Showable } from "./display.ts";
import { count, greatestDepth, seconds, thinDepth, waited } from "./words.ts";
import { checkRun, type Latency, type Run } from "./run.ts";

/** The MIME type under which a notebook keeps the figures of a run, for programs to read. */
export const runType = "application/vnd.async-course.run+json";

/** A number in JSON: `null` stands for NaN, and `"Infinity"` for itself. */
export type JsonNumber = number | "Infinity" | null;

type Plain = "name" | "seed" | "stopped" | "total" | "bound" | "generated" | "processed";

/** The figures of a run. Times are in seconds. */
export interface RunFigures extends Pick<Run, Plain> {
  speed: JsonNumber;
  latency: Record<keyof Latency, JsonNumber>;
  /** The greatest number of items that waited at once. */
  deepest: number;
  /** The number of items that waited, as `[time, size]` at each change: at most 200 pairs, times to the millisecond. */
  depth: [time: number, size: number][];
}

/**
 * Shows the figures of a run, as a sentence for people and as JSON for programs, which the notebook keeps.
 *
 * ```ts
 * import { experiment, report, sleepSync } from "@course/lib";
 *
 * await report(await experiment("half a minute", { seed: 1 }, () => sleepSync(30)));
 * // half a minute: 0 items processed in 30.0 s (bound 30.0 s)
 * ```
 *
 * @throws {LessonError} if it is given anything but a run
 */
export async function report(run: Run): Promise<void> {
  await show(reportOf(checkRun("report", run)));
}

/** Returns the report that {@linkcode report} shows: the same run gives the same JSON. */
export function reportOf(run: Run): Showable {
  const { name, seed, speed, stopped, total, bound, generated, processed, latency, depth } = run;
  const figures = {
    ...{ name, seed, speed, stopped, total, bound, generated, processed, latency },
    deepest: greatestDepth(depth),
    depth: thinDepth(depth, 200).map(({ time, size }) => [Math.round(time * 1000) / 1000, size]),
  };
  const json = JSON.stringify(figures, (_, value) => value === Infinity ? "Infinity" : value); // and NaN as null
  const end = stopped ? "stopped after" : "processed in";
  const least = bound > 0 ? ` (bound ${seconds(bound)})` : "";
  return new Showable({
    [runType]: JSON.parse(json) as RunFigures,
    "text/plain": `${name}: ${count(processed, "item")} ${end} ${seconds(total)}${least}` +
      waited(latency, "; an"),
  });
}
