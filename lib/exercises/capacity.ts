// Notebook 10: a queue, a pipeline and a heartbeat under load.
import { isAwaitable } from "../arguments.ts";
import { now } from "../execution.ts";
import { sleep } from "../sleep.ts";
import { sleepSync } from "../sleep_sync.ts";
import { expect, expectCount, expectOutcome, expectSame, outcomeOf, refused } from "./expect.ts";
import { expectEndAt } from "./flow.ts";
import { atTimes, type Call, exercise, numbersTo, ours } from "./stage.ts";

const offerCases = [[1], [2], [2, [2]], [3, [3, 4, 7]]];
exercise("10.1", "offer(limit, served)", offerCases, async ({ offer, limit, served = [] }, stage) => {
  const program = async () => {
    for (let i = 1; i <= 3 * limit; i++) {
      stage.note("got", offer(stage.data, [i, now()]));
      if (served.includes(i)) stage.data.getNowait();
      await sleep(1); // a put that waits for room goes in
    }
  };
  // A put that is done at once or is cancelled need not be awaited.
  await stage.onLoop(() => [ours("program", program)], { mayForget: true });
  let size = 0;
  for (const [i, { value }] of stage.of("got").entries()) {
    const isIn = size < limit;
    const expected = `request ${i + 1}, with ${size} in the queue, to be ${isIn ? "taken" : "refused"}: #`;
    let hint = i >= limit && "a put into a full queue waits, in a line outside";
    if (isAwaitable(value)) hint = "a promise is no answer yet: offer must not be async";
    expectSame(value, isIn, expected, "it returned #", hint);
    size += Number(isIn) - Number(served.includes(i + 1));
  }
});

const aheadCases = [
  ...[[1, 0, 1, 1], [1, 1, 1, 1], [1, 3, 1, 0.5], [1, 3, 0.5, 2], [3, 6, 0.1, 1], [2, 5, 0.1, 1, 4]],
  [2, 20, 1, 1],
];
exercise("10.2", "ahead(limit, items, make, work, broken)", aheadCases, async (given, stage) => {
  const { ahead, limit, items, make, work, broken } = given;
  const values = [0, undefined, null, ...numbersTo(items)].slice(0, items);
  async function* source() {
    for (const [i, value] of values.entries()) {
      await sleep(make);
      if (i + 1 === broken) throw refused(broken);
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
  }, { stuck: "ahead yields while its task fetches, and has to learn of the end, or of an error" });
  const due = values.slice(0, broken ? broken - 1 : items);
  const got = stage.of("got").map(({ value }) => value);
  const end = "an item may be 0, undefined or null, and the queue empty for a while: these are not the end";
  expectSame(got, due, "the items come out, #", "# came out", got.length < due.length && end);
  expectOutcome(outcome, broken ? { error: refused(broken) } : {});
  const time = due.length > 0 ? make + (due.length - 1) * Math.max(make, work) + work : 0;
  const overlap = "the source can make the next item while the consumer works, if it has a task of its own";
  expectSame(outcome.time, time, "all is done after # s", "it took # s", overlap);
  if (due.length <= limit || make >= work / 3) return;
  let size = 0;
  const sizes = stage.events.map(({ what }) => size += Number(what === "put") - Number(what === "got"));
  const most = Math.max(...sizes);
  const expected = `${limit} items are made ahead, while the consumer works, and one that waits for room`;
  expect(most === limit || most === limit + 1, expected, `${most} were made ahead`);
});

const beatCases = [
  ...[[1, 1, 0, [1]], [3, 1, 0.25, [1, 2, 3]], [3, 1, 1.5, [1, 2.5, 4]], [2, 1, 0, [1.5, 2.5], 0.5]],
  ...[[6, 1, 0.25, [1, 4.25, 4.5, 4.75, 5, 6], 0, 1], [20, 0.5, 0.1, numbersTo(20).map((i) => i / 2)]],
];
exercise("10.3", "heartbeat(beats, period, work, due, start, blocked)", beatCases, async (given, stage) => {
  const { heartbeat, beats, period, work, due, start = 0, blocked } = given;
  const send = async (beat: number) => {
    stage.note("got", beat);
    await sleep(work);
  };
  await stage.onLoop((loop) => {
    const call: Call = [heartbeat, beats, period, send];
    const beat = start > 0 ? atTimes("program", [start], () => loop.createTask(...call)) : call;
    return [beat, ...blocked ? [atTimes("blocker", [1.75], () => sleepSync(2.5))] : []];
  });
  const sent = stage.of("got");
  const way = "count from the start: beat number i is due at start + i × period";
  sent.slice(0, beats).forEach(({ value, time }, i) => {
    expectSame(value, i + 1, "beat # comes next", "# came");
    expectSame(time, due[i], `beat ${value} is sent at # s`, "it was sent at # s", way);
  });
  expectCount(sent.length, beats, "beat", "to be sent");
  expectEndAt(stage, due.at(-1) + work);
});
