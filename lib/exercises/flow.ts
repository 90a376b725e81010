// Producers, a queue and consumers, some of them ours: what is due, and when, follows from their pauses.
import { isAwaitable } from "../arguments.ts";
import { count } from "../words.ts";
import { expect, expectCount, expectSame } from "./expect.ts";
import type { Event, Stage } from "./stage.ts";

/** The times of an item: its producer comes with it; there is room for it; a consumer takes it; that consumer is free again. */
type Due = { put: number; room: number; taken: number; free: number };

/**
 * The times at which things are due, in seconds: of each item, and of both ends. The number of items and of consumers, and the
 * limit of the queue, are among the numbers of the case.
 *
 * @param pause of the producer; that of one who alone draws numbers, if there is none
 * @param work of a consumer
 * @param put is when the first item comes
 */
export function flow(stage: Stage, pause: number | undefined, work: number, put = 0) {
  const { num, limit, consumers = 1 } = stage.numbers;
  const draw = stage.randoms();
  const items: Due[] = [];
  for (let i = 0; i < num; i++) {
    const room = Math.max(put, items[i - limit]?.taken ?? 0);
    const taken = Math.max(room, items[i - consumers]?.free ?? 0);
    items.push({ put, room, taken, free: taken + work });
    put = room + (pause ?? draw() + 0.5);
  }
  return { items, put, end: items.at(-1)?.free ?? 0 };
}

/** Expects all items to be generated and processed. */
export function expectAll(stage: Stage, when = "", hint?: string): void {
  const { num } = stage.numbers;
  const [made, used] = [stage.of("generated").length, stage.of("processed").length];
  const expected = `${count(num, "item")} to be generated and processed${when}`;
  expect(made === num && used === num, expected, `${made} were generated, ${used} processed`, hint);
}

/** Expects one event for each item, with its value, its time and its latency; of those taken out, with the times in them. */
export function expectEvents(stage: Stage, what: Event["what"], items: Due[], times: number[] = []): void {
  const events = stage.of(what);
  const verb = what === "got" ? "taken out" : what;
  items.slice(0, events.length).forEach(({ put, room, taken }, i) => {
    const item = `item ${i + 1}`;
    const { time, latency } = events[i];
    const [value, since] = [events[i].value].flat();
    const [number, due] = what === "generated" ? [value, room] : [(i + 1) ** 2, taken];
    const hint = isAwaitable(value) ? "await opens what get gives" : undefined;
    expectSame(value, number, `${item} has the value #`, "it is #", hint);
    expectSame(time, due, `${item} is ${verb} at # s`, `it was ${verb} at # s`);
    if (times.length > 0) {
      expectSame(since, times[i], `${item} has the time # s, at which it was put in`, "it has the time # s");
    }
    const waited = what === "processed" ? time - put : latency;
    expectSame(latency, waited, `${item} has waited for # s`, "its latency is said to be # s");
  });
  expectCount(events.length, items.length, "item", `to be ${verb}`);
}

/** Expects the end of the answer's own task. */
export function expectEndAt(stage: Stage, due: number): void {
  const { task, time } = stage.of("end").findLast(({ task }) => !task!.startsWith("our "))!;
  expectSame(time, due, `${task} ends at # s`, "it ended at # s");
}
