import { experimentContext } from "./context.ts";

/**
 * Marks an item as generated: prints the lecture's yellow line, and leaves a mark on the plots.
 *
 * @throws {LessonError} outside of an experiment
 */
export function generated(idx: number): void {
  const { instruments, print } = experimentContext("mark an item as generated");
  for (const it of instruments) it.itemGenerated?.(idx);
  print(() => yellow(` -- generated item ${idx}`));
}

/**
 * Marks an item as processed: prints the lecture's cyan line, and leaves a mark on the plots.
 *
 * @param latency the seconds that the item waited
 * @throws {LessonError} outside of an experiment
 */
export function processed(value: unknown, latency: number): void {
  const { instruments, print } = experimentContext("mark an item as processed");
  for (const it of instruments) it.itemProcessed?.(value, latency);
  print(() => cyan(` +++ Processed value ${value} after ${latency.toFixed(2)} sec.`));
}

/** Colours a text white on a terminal or in a notebook. */
export const white = coloured(37);
const yellow = coloured(33);
const cyan = coloured(36);

function coloured(code: number): (text: string) => string {
  return (text) => `\x1b[${code}m${text}\x1b[0m`;
}
