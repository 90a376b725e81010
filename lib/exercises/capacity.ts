// Notebook 10: what a queue, a pipeline and a heartbeat do when there is much to do.
import { now } from "../context.ts";
import { sleep } from "../sleep.ts";
import { sleepSync } from "../sleep_sync.ts";
import {
  type Exercise,
  exercise,
  expect,
  expectCount,
  expectTime,
  inSeconds,
  isSame,
  onLoop,
  ours,
} from "./expect.ts";
import { BROKEN, expectBroken, type Outcome, outcomeOf } from "./outcome.ts";
import type { Named, Stage } from "./stage.ts";

/** Seconds of the clock in which a task of ours blocks the thread. */
const BLOCKED = { from: 1.75, to: 4.25 };

/** Expects that as many items as `limit` are made ahead, and at the most one more, which waits for room. */
function expectAhead(stage: Stage, { limit }: Named): void {
  let [ahead, most] = [0, 0];
  for (const { what } of stage.events) {
    if (what === "put") most = Math.max(most, ++ahead);
    else if (what === "got") ahead--;
  }
  expect(most >= limit, `${limit} items are made ahead, while the consumer works`, `${most} were`);
  const expected = `no more than ${limit} items are made ahead, and one that waits for room`;
  expect(most <= limit + 1, expected, `${most} were`);
}

/** The exercises of notebook 10. */
export const capacity: Record<string, Exercise> = {
  "10.1": exercise("offer(limit, served)", [[1], [2], [2, [2]], [3, [3, 4, 7]]], {
    run: ({ offer }, { data }, { limit, served = [] }) =>
      onLoop(() => {
        const program = async () => {
          const answers = [];
          for (let i = 1; i <= 3 * limit; i++) {
            answers.push(offer(data, [i, now()]));
            await sleep(1);
            if (served.includes(i)) data.getNowait();
          }
          return answers;
        };
        return [ours("program", program)];
      }),
    holds({ performance: { result }, left }, { limit, served = [] }) {
      const [answers] = result as unknown[][];
      let size = 0;
      answers.forEach((is, i) => {
        const isIn = size < limit;
        const expected = `request ${i + 1}, with ${size} in the queue, to be ${isIn ? "taken" : "refused"}`;
        const happened = `it returned ${typeof is === "object" ? "a promise" : is}`;
        const hint = is === true ? "a put into a full queue waits, in a line outside" : undefined;
        expect(is === isIn, `${expected}: ${isIn}`, happened, hint);
        size += Number(isIn) - Number(served.includes(i + 1));
      });
      expect(left === size, `${size} in the queue in the end`, `there are ${left}`);
    },
  }),
  "10.2": exercise("ahead(limit, items, make, work, broken)", [
    ...[[1, 0, 1, 1], [1, 1, 1, 1], [1, 3, 1, 0.5], [1, 3, 0.5, 2], [3, 6, 0.1, 1], [2, 5, 0.1, 1, 4]],
    [2, 20, 1, 1],
  ], {
    run: ({ ahead }, stage, { limit, items, make, work, broken }) =>
      onLoop((loop) => {
        async function* source() {
          for (let i = 1; i <= items; i++) {
            await sleep(make);
            if (i === broken) throw BROKEN;
            stage.note("put", i);
            yield i;
          }
        }
        const consume = async () => {
          for await (const item of ahead(loop, source(), limit)) {
            stage.note("got", item);
            await sleep(work);
          }
        };
        return [ours("consumer", () => outcomeOf(consume))];
      }),
    holds(stage, numbers) {
      const { items, make, work, broken } = numbers;
      const [outcome] = stage.performance.result as Outcome[];
      const got = stage.of("got");
      got.forEach(({ value }, i) => expect(value === i + 1, `item ${i + 1} comes next`, `${value} came`));
      const all = broken ? broken - 1 : items;
      expectCount(got.length, all, "item", "to come out");
      if (broken) expectBroken(outcome, "the source, after what came before it");
      else expect(outcome.error === undefined, "it comes to its end", `it threw ${outcome.error}`);
      const due = all === 0 ? 0 : make + (all - 1) * Math.max(make, work) + work;
      const hint = "the source can make the next item while the consumer works, if it has a task of its own";
      expectTime(outcome.time, due, "all is done after", "it took", hint);
      if (all > numbers.limit && make < work / 3) expectAhead(stage, numbers);
    },
  }),
  "10.3": exercise("heartbeat(beats, period, work, blocked)", [
    ...[[1, 1, 0], [3, 1, 0.25], [3, 1, 1.5], [6, 1, 0.25, 1], [20, 0.5, 0.1]],
  ], {
    mayBlock: true, // our task does; the answer itself may not
    run: ({ heartbeat }, stage, { beats, period, work, blocked }) =>
      onLoop(() => {
        const send = async (beat: number) => {
          stage.note("got", beat);
          await sleep(work);
        };
        const block = async () => {
          await sleep(BLOCKED.from);
          sleepSync(BLOCKED.to - BLOCKED.from);
        };
        return [[heartbeat, beats, period, send], ...blocked ? [ours("blocker", block)] : []];
      }),
    holds(stage, { beats, period, work, blocked }) {
      const own = stage.blocked - (blocked ? BLOCKED.to - BLOCKED.from : 0);
      expect(isSame(own, 0), "it does not block the thread", `it was blocked for ${inSeconds(own)}`);
      const free = (time: number) => blocked && time > BLOCKED.from && time < BLOCKED.to ? BLOCKED.to : time;
      const events = stage.of("got");
      let before = 0;
      events.slice(0, beats).forEach(({ value, time }, i) => {
        expect(value === i + 1, `beat ${i + 1} comes next`, `${value} came`);
        const due = free(Math.max((i + 1) * period, before));
        const hint = time > due
          ? "count from the start: beat number i is due at start + i × period"
          : undefined;
        expectTime(time, due, `beat ${i + 1} is sent at`, "it was sent at", hint);
        before = free(due + work);
      });
      expectCount(events.length, beats, "beat", "to be sent");
      const end = stage.of("end").findLast(({ task }) => !task!.startsWith("our "))!;
      expectTime(end.time, before, "it ends, when the last is sent, after", "it ended after");
    },
  }),
};
