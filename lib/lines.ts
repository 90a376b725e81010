import { runningExperiment } from "./execution.ts";
import { currentLoop } from "./loop.ts";
import type { ItemInstrument } from "./trace.ts";

/**
 * Marks an item as generated: prints the lecture's line, with "--" on yellow, and adds a mark to the plots.
 *
 * ```ts
 * import { experiment, generated, now, processed, sleepSync } from "@course/lib";
 *
 * await experiment("one item", {}, () => {
 *   const time = now();
 *   generated(1);
 *   sleepSync(0.5);
 *   processed("an item", now() - time); //  +++ Processed value an item after 0.50 sec.
 * });
 * ```
 *
 * @throws {LessonError} outside of an experiment
 */
export function generated(idx: number): void {
  for (const it of runningExperiment("mark an item as generated").instruments) it.itemGenerated?.(idx);
}

/**
 * Marks an item as processed: prints the lecture's line, with "+++" on cyan, and adds a mark to the plots.
 *
 * @param latency the seconds that the item waited
 * @throws {LessonError} outside of an experiment
 */
export function processed(value: unknown, latency: number): void {
  const { instruments } = runningExperiment("mark an item as processed");
  for (const it of instruments) it.itemProcessed?.(value, latency);
}

/**
 * Notes what the running task does now, for `steps` to show.
 *
 * ```ts
 * import { EventLoop, experiment, note, show, sleep, steps } from "@course/lib";
 *
 * async function nap() {
 *   note("dreams");
 *   await sleep(1);
 * }
 *
 * const run = await experiment("a nap", {}, () => {
 *   const loop = new EventLoop();
 *   return loop.runUntilComplete(loop.createTask(nap));
 * });
 * await show(steps(run));
 * ```
 *
 * @throws {LessonError} outside of an experiment
 */
export function note(words: string): void {
  runningExperiment("write a note").trace.note(words);
}

/**
 * Gives an async function a lane of its own in the plots, in a program of plain promises; tasks have one anyway.
 *
 * ```ts
 * import { experiment, lane, show, timeline } from "@course/lib";
 *
 * async function load(page: number) {
 *   lane(`page ${page}`);
 *   await new Promise((done) => setTimeout(done, 1000));
 * }
 *
 * const run = await experiment("pages", { plain: true }, () => Promise.all([load(1), load(2)]));
 * await show(timeline(run)); // two bars of a second, above each other
 * ```
 *
 * @throws {LessonError} outside of an experiment
 */
export function lane(name: string): void {
  const { trace } = runningExperiment("name a lane");
  if (!currentLoop()) trace.outside.lane = trace.addLane(name);
}

/** Creates an instrument that prints the lecture's line for each item that is generated or processed. */
export const linesOfItems = (print: (line: () => string) => void): ItemInstrument => ({
  itemGenerated: (idx) => print(() => `${onYellow(" --")} generated item ${idx}`),
  itemProcessed: (value, latency) =>
    print(() => `${onCyan(" +++")} Processed value ${value} after ${Number(latency).toFixed(2)} sec.`),
});

const styled = (codes: string) => (text: string) => `\x1b[${codes}m${text}\x1b[0m`;

/** Makes a text bold. The lecture's colour, white, would be illegible on a light page. */
export const bold = styled("1");

// Black on a colour is legible on any page, light or dark; coloured letters are not.
const onYellow = styled("30;43");
const onCyan = styled("30;46");
