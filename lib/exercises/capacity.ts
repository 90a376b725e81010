// Notebook 10: what a queue, a pipeline and a heartbeat do when there is much to do.
import { now } from "../context.ts";
import { sleep } from "../sleep.ts";
import { sleepSync } from "../sleep_sync.ts";
import { expect, expectCount, expectTime } from "./expect.ts";
import { expectEndAt } from "./flow.ts";
import { BROKEN, expectBroken, numbersTo, outcomeOf } from "./outcome.ts";
import { type Call, exercise, ours, type Stage } from "./stage.ts";

/** Seconds of the clock in which a task of ours blocks the thread. */
const BLOCKED = { from: 1.75, to: 4.25 };

/** Expects that as many items as `limit` are made ahead, and at the most one more, which waits for room. */
function expectAhead(stage: Stage, limit: number): void {
  let [ahead, most] = [0, 0];
  for (const { what } of stage.events) {
    if (what === "put") most = Math.max(most, ++ahead);
    else if (what === "got") ahead--;
  }
  expect(most >= limit, `${limit} items are made ahead, while the consumer works`, `${most} were`);
  const expected = `no more than ${limit} items are made ahead, and one that waits for room`;
  expect(most <= limit + 1, expected, `${most} were`);
}

const offerCases = [[1], [2], [2, [2]], [3, [3, 4, 7]]];
const aheadCases = [
  ...[[1, 0, 1, 1], [1, 1, 1, 1], [1, 3, 1, 0.5], [1, 3, 0.5, 2], [3, 6, 0.1, 1], [2, 5, 0.1, 1, 4]],
  [2, 20, 1, 1],
];
const beatCases = [[1, 1, 0], [3, 1, 0.25], [3, 1, 1.5], [2, 1, 0, 0.5], [6, 1, 0.25, 0, 1], [20, 0.5, 0.1]];

/** The exercises of notebook 10. */
export const capacity = {
  "10.1": exercise("offer(limit, served)", offerCases, async ({ offer, limit, served = [] }, stage) => {
    const program = async () => {
      const answers = [];
      for (let i = 1; i <= 3 * limit; i++) {
        answers.push(offer(stage.data, [i, now()]));
        await sleep(1);
        if (served.includes(i)) stage.data.getNowait();
      }
      return answers;
    };
    const [answers] = await stage.onLoop(() => [ours("program", program)]);
    let size = 0;
    for (const [i, is] of answers.entries()) {
      const isIn = size < limit;
      const expected = `request ${i + 1}, with ${size} in the queue, to be ${isIn ? "taken" : "refused"}`;
      const happened = `it returned ${typeof is === "object" ? "a promise" : is}`;
      const hint = is === true ? "a put into a full queue waits, in a line outside" : undefined;
      expect(is === isIn, `${expected}: ${isIn}`, happened, hint);
      size += Number(isIn) - Number(served.includes(i + 1));
    }
    expect(stage.left === size, `${size} in the queue in the end`, `there are ${stage.left}`);
  }),
  "10.2": exercise("ahead(limit, items, make, work, broken)", aheadCases, async (given, stage) => {
    const { ahead, limit, items, make, work, broken } = given;
    const values = [0, undefined, null, ...numbersTo(items)].slice(0, items);
    async function* source() {
      for (const [i, value] of values.entries()) {
        await sleep(make);
        if (i + 1 === broken) throw BROKEN;
        stage.note("put", value);
        yield value;
      }
    }
    const [outcome] = await stage.onLoop((loop) => {
      const consume = async () => {
        for await (const item of ahead(loop, source(), limit)) {
          stage.note("got", item);
          await sleep(work);
        }
      };
      return [ours("consumer", () => outcomeOf(consume))];
    });
    const got = stage.of("got");
    for (const [i, { value }] of got.entries()) {
      expect(value === values[i], `item ${i + 1}, ${values[i]}, comes next`, `${value} came`);
    }
    const all = broken ? broken - 1 : items;
    const end = "an item may be 0, undefined or null: let the end be something that only ahead has";
    expectCount(got.length, all, "item", "to come out", end);
    if (broken) expectBroken(outcome, "the source, after what came before it");
    else expect(outcome.error === undefined, "it comes to its end", `it threw ${outcome.error}`);
    const due = all === 0 ? 0 : make + (all - 1) * Math.max(make, work) + work;
    const hint = "the source can make the next item while the consumer works, if it has a task of its own";
    expectTime(outcome.time, due, "all is done after", "it took", hint);
    if (all > limit && make < work / 3) expectAhead(stage, limit);
  }),
  "10.3": exercise("heartbeat(beats, period, work, start, blocked)", beatCases, async (given, stage) => {
    const { heartbeat, beats, period, work, start = 0, blocked } = given;
    const send = async (beat: number) => {
      stage.note("got", beat);
      await sleep(work);
    };
    const block = async () => {
      await sleep(BLOCKED.from);
      sleepSync(BLOCKED.to - BLOCKED.from);
    };
    await stage.onLoop((loop) => {
      const begin = async () => {
        await sleep(start);
        await loop.createTask(heartbeat, beats, period, send);
      };
      const beat: Call = start > 0 ? ours("program", begin) : [heartbeat, beats, period, send];
      return [beat, ...blocked ? [ours("blocker", block)] : []];
    });
    const free = (time: number) => blocked && time > BLOCKED.from && time < BLOCKED.to ? BLOCKED.to : time;
    const events = stage.of("got");
    const way = "count from the start: beat number i is due at start + i × period";
    let before = start;
    events.slice(0, beats).forEach(({ value, time }, i) => {
      expect(value === i + 1, `beat ${i + 1} comes next`, `${value} came`);
      const due = free(Math.max(start + (i + 1) * period, before));
      expectTime(time, due, `beat ${i + 1} is sent at`, "it was sent at", way);
      before = free(due + work);
    });
    expectCount(events.length, beats, "beat", "to be sent");
    expectEndAt(stage, before);
  }),
};
