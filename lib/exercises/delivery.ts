// Notebook 12: a consumer that may be killed, and a small model of a server that delivers each message at least once: again
// and again, to one process after another, until it is acknowledged.
import { count } from "../words.ts";
import { expect, expectSame } from "./expect.ts";
import { type Event, exercise, numbersTo, pause, type Stage } from "./stage.ts";

/** The most times that the model delivers a message. */
const MOST = 6;

/** The value of every message, so that none is taken for its id. */
const VALUE = 10;

/** A message as an answer gets it, and the number of times that it has been delivered, with this one. */
type Message = { id: number; value: number; deliveries: number; ack(): void };

/** Does something that takes half a second, and gives what `effect` returns; to a process that is killed, nothing comes back. */
type Call = <T>(effect: () => T) => Promise<T>;

type Handle = (message: Message, work: (value: number) => Promise<void>, call: Call) => unknown;

/**
 * Delivers messages until all are acknowledged: to a process, and to another one once that is killed, before or after one of
 * the things that it does to the world outside.
 */
async function deliver(stage: Stage, handle: Handle): Promise<void> {
  const { items, bad, "killed at": last, "fails at first": unlucky } = stage.numbers;
  const waiting = new Map(numbersTo(items).map((id) => [id, 1])); // the number of its next delivery
  const never = new Promise<never>(() => {});
  let steps = 0; // of all processes: two for each thing that is done
  for (let i = 0; i < MOST && waiting.size > 0; i++) {
    const life = new AbortController();
    const killed = new Promise((done) => life.signal.onabort = done);
    const lives = () => {
      if (steps++ === last) life.abort();
      return !life.signal.aborted;
    };
    const act = <T>(effect: () => T) => {
      const result = lives() ? effect() : never;
      return lives() ? result : never;
    };
    const call: Call = async (effect) => await pause(0.5).then(() => act(effect));
    const serve = async () => {
      for (const [id, deliveries] of [...waiting]) {
        waiting.set(id, deliveries + 1);
        let hasFailed = false;
        const fails = id === bad || id === unlucky && deliveries === 1;
        const work = (value: number) =>
          call(() => {
            const known = value === VALUE ? id : undefined;
            stage.note("got", known);
            hasFailed = fails;
            if (fails) throw new Error(`message ${id} cannot be handled`);
            stage.note("processed", known);
          });
        const ack = () =>
          void act(() => {
            stage.note("end", id);
            waiting.delete(id);
          });
        try {
          await handle({ id, value: VALUE, deliveries, ack }, work, call);
        } catch (error) {
          if (!hasFailed) throw error; // else the message comes again
        }
      }
    };
    await Promise.race([killed, serve()]);
  }
}

type What = Event["what"];

/** Expects an event of one kind with each message. */
function expectEach(stage: Stage, what: What, expected: string, happened: string, hint?: string): void {
  const left = numbersTo(stage.numbers.items).find((id) => stage.of(what).every(({ value }) => value !== id));
  expect(left === undefined, `${expected} message ${left}`, happened, hint);
}

/** Expects all messages to be acknowledged. */
const expectAcknowledged = (stage: Stage) =>
  expectEach(stage, "end", "ack is called for", `it never was, and came ${MOST} times`);

/** Expects a number of events of one kind with each message; if processes are killed, it is done again. */
function expectTimes(stage: Stage, what: What, done: string, due: (id: number) => number, hint?: string) {
  const { items, "killed at": killed } = stage.numbers;
  for (const id of numbersTo(items)) {
    const [is, times] = [stage.of(what).filter(({ value }) => value === id).length, due(id)];
    const isRight = is === times || killed !== undefined && is > 0 && times > 0;
    const [expected, happened] = [times, is].map((it) => `${done} ${count(it, "time")}`);
    expect(isRight, `message ${id} is ${expected}`, `it was ${happened}`, hint);
  }
}

const GONE = "a message that is acknowledged is gone for good: is everything done by then?";

/** Returns a case, and others like it: killed at each of so many places. */
function kills(places: number, ...numbers: number[]): number[][] {
  return [numbers, ...numbersTo(places).map((i) => [...numbers, i - 1])];
}

const handleCases = [...kills(4, 1), ...kills(12, 3), [1, undefined, 1], [3, undefined, 2]];
exercise("12.1", "handle(items, killed at, fails at first)", handleCases, async ({ handle }, stage) => {
  await stage.runPlain(() => deliver(stage, (message, work) => handle(message, work)));
  expectEach(stage, "processed", "work is done for", "it is lost", GONE);
  expectTimes(stage, "processed", "done", () => 1);
  expectAcknowledged(stage);
});

const sumCases = [...kills(6, 1), ...kills(12, 2), [4]];
exercise("12.2", "addUp(items, killed at)", sumCases, async ({ addUp, items }, stage) => {
  let kept = JSON.stringify({ sum: 0, done: [] });
  const store = (call: Call) => ({
    read: () => call(() => JSON.parse(kept)),
    write: (state: unknown) => call(() => void (kept = JSON.stringify(state))),
  });
  await stage.runPlain(() => deliver(stage, (message, _, call) => addUp(message, store(call))));
  const { sum } = JSON.parse(kept) ?? {};
  const due = items * VALUE;
  const hint = sum > due
    ? "a message may come twice: is it among those that are done?"
    : "is each message known by its id, and is that written together with the sum?";
  expectSame(sum, due, `the sum of ${count(items, "message")} is #`, "it is #", hint);
  expectAcknowledged(stage);
});

const badCases = [[1], ...kills(7, 1, 1), [3, 2], [3, 1], [2]];
exercise("12.3", "handleOrSetAside(items, bad, killed at)", badCases, async (given, stage) => {
  const { handleOrSetAside, bad, "killed at": killed } = given;
  const setAside = (call: Call) => (id: number) => call(() => stage.note("put", id));
  const handle: Handle = (message, work, call) => handleOrSetAside(message, work, setAside(call));
  await stage.runPlain(() => deliver(stage, handle));
  const hint = killed === undefined ? GONE : "killed in its third delivery, a message comes a fourth time";
  expectTimes(stage, "got", "tried", (id) => id === bad ? 3 : 1);
  expectTimes(stage, "put", "set aside", (id) => id === bad ? 1 : 0, hint);
  expectAcknowledged(stage);
});
