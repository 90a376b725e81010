// Producers, a queue and consumers, some of them ours: their pauses determine what is due, and when.
import { isAwaitable } from "../arguments.ts";
import { count } from "../words.ts";
import { expect, expectCount, expectSame, type Hint } from "./expect.ts";
import type { Stage, What } from "./stage.ts";

/** The times of an item: its producer offers it; the queue has room for it; a consumer takes it; that consumer is free again. */
type Due = { put: number; room: number; taken: number; free: number };

/**
 * Returns the times at which things are due, in seconds: those of each item, and the ends of the producer and of the last
 * consumer. The case gives the number of items and of consumers, and the limit of the queue.
 *
 * @param pause of the producer; if undefined, `random() + 0.5`, where nobody else draws numbers
 * @param work of a consumer
 * @param put the time of the first item
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
export function expectAll(stage: Stage, when = "", hint?: Hint): void {
  const { num } = stage.numbers;
  const [made, used] = [stage.of("generated").length, stage.of("processed").length];
  const expected = `${count(num, "item")} to be generated and processed${when}`;
  expect(made === num && used === num, expected, `${made} were generated, ${used} processed`, hint);
}

/**
 * Expects one event for each item, with its value, time and latency.
 *
 * @param times what the items themselves give as the times at which they were put in
 */
export function expectEvents(stage: Stage, what: What, items: Due[], times: number[] = [], hint?: Hint) {
  const events = stage.of(what);
  const verb = what === "got" ? "taken by our consumer" : what;
  const polls = stage.of("sleep").filter(({ task }) => !task?.startsWith("our ")).length > items.length;
  const onTime = polls ? "it sleeps more often than there are items: put and get wait by themselves" : hint;
  items.slice(0, events.length).forEach(({ put, room, taken }, i) => {
    const item = `item ${i + 1}`;
    const { time, latency } = events[i];
    const [value, since] = [events[i].value].flat();
    const [number, due] = what === "generated" ? [value, room] : [(i + 1) ** 2, taken];
    const onValue = isAwaitable(value) && "await opens what get gives";
    expectSame(value, number, `${item} has the value #`, "it is #", onValue);
    expectSame(time, due, `${item} is ${verb} at # s`, `it was ${verb} at # s`, onTime);
    if (times.length > 0) {
      expectSame(since, times[i], `${item} has the time # s, at which it was put in`, "it has the time # s");
    }
    const waited = what === "processed" ? time - put : latency;
    expectSame(latency, waited, `${item} has waited for # s`, "processed was given a latency of # s");
  });
  expectCount(events.length, items.length, "item", `to be ${verb}`);
}

/** Expects the answer's own task to end at a time, with all that it started. */
export function expectEndAt(stage: Stage, due: number): void {
  const end = stage.of("end").findLast(({ task }) => !task!.startsWith("our "))!;
  const later = stage.events.slice(stage.events.indexOf(end));
  const goesOn = later.some(({ what }) => what === "generated" || what === "processed");
  const hint = goesOn && "it goes on after its end: what waits for the calls in a forEach, or for a then?";
  expectSame(end.time, due, `${end.task} ends at # s`, "it ended at # s", hint);
}
