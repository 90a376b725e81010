// The chapter: a loop, its tasks, and what they wait for.
export { EventLoop, type Future, type Handle, type Instrument, Task, type TaskFunction } from "./loop.ts";
export * from "./queue.ts";
export { gather, type Gathered } from "./gather.ts";
export { sleep } from "./sleep.ts";
export * from "./external.ts";
export * from "./lock.ts";
export * from "./timeout.ts";
export * from "./task_group.ts";
export * from "./errors.ts";
// Time.
export { now } from "./execution.ts";
export * from "./sleep_sync.ts";
export * from "./clock.ts";
export * from "./real_clock.ts";
// Experiments, and what they record.
export * from "./experiment.ts";
export * from "./baseline.ts";
export * from "./random.ts";
export { bold, generated, lane, note, processed } from "./lines.ts";
export * from "./traced.ts";
export { type Item, type Latency, Run, type Span, type Step } from "./run.ts";
// Things to show, to predict and to check.
export { show, Showable } from "./display.ts";
export type { MimeBundle } from "./host/host.ts";
export * from "./plots/timeline.ts";
export * from "./plots/steps.ts";
export * from "./plots/compare.ts";
export * from "./plots/waterfall.ts";
export * from "./replay/replay.ts";
export * from "./plots/curves.ts";
export * from "./table.ts";
export { type JsonNumber, report, type RunFigures, runType } from "./report.ts";
export * from "./predict.ts";
export { check } from "./exercises/check.ts";
