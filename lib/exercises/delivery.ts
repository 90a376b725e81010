// Notebook 12: a consumer that may be killed, and a small model of a server that delivers each message at least once: to one
// process after another, until it is acknowledged.
import { count } from "../words.ts";
import { expect, expectSame, type Hint } from "./expect.ts";
import { exercise, numbersTo, pause, type Stage, type What } from "./stage.ts";

/** The most times that the model delivers a message. */
const MOST = 6;

/** The value of every message. No message has it as its id. */
const VALUE = 10;

/** A message as an answer gets it; `deliveries` counts this delivery, too. */
type Message = { id: number; value: number; deliveries: number; ack(): void };

/** Takes half a second, and returns the result of `effect`. To a process that is killed it never returns. */
type Call = <T>(effect: () => T) => Promise<T>;

type Handle = (message: Message, work: (value: number) => Promise<void>, call: Call) => unknown;

/**
 * Delivers messages until all are acknowledged: to one process and, when that is killed, to another. It is killed before or
 * after one of its effects on the world outside.
 */
async function deliver(stage: Stage, handle: Handle): Promise<void> {
  const { items, bad, "killed at": last, "fails at first": unlucky } = stage.numbers;
  const waiting = new Map(numbersTo(items).map((id) => [id, 1])); // the number of its next delivery
  const never = new Promise<never>(() => {});
  let steps = 0; // of all processes: two for each effect
  let given = VALUE; // or the last wrong one
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
    let underWay = 0;
    const call: Call = async (effect) => {
      underWay++;
      await pause(0.5);
      underWay--;
      return await act(effect);
    };
    const serve = async () => {
      for (const [id, deliveries] of [...waiting]) {
        waiting.delete(id);
        waiting.set(id, deliveries + 1); // it comes again after the others
        stage.note("delivered", id);
        let hasFailed = false;
        const fails = id === bad || id === unlucky && deliveries === 1;
        const work = (value: number) =>
          call(() => {
            if (value !== VALUE) given = value;
            stage.note("got", id);
            hasFailed = fails;
            if (fails) throw new Error(`message ${id} cannot be handled`);
            stage.note("processed", id);
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
        const happened = "it returned before a call in it was over";
        expect(underWay === 0, "everything that waits is awaited", happened, "is an await missing?");
      }
    };
    await Promise.race([killed, serve()]);
  }
  expectSame(given, VALUE, "work is given the value of its message, #", "it got #");
}

/** Expects an event of one kind with each message. */
function expectEach(stage: Stage, what: What, expected: string, happened: string, hint?: Hint): void {
  const left = numbersTo(stage.numbers.items).find((id) => stage.of(what).every(({ value }) => value !== id));
  expect(left === undefined, `${expected} message ${left}`, happened, hint);
}

/** Expects all messages to be acknowledged. */
const expectAcknowledged = (stage: Stage) =>
  expectEach(stage, "end", "ack is called for", `it never was, and the message came ${MOST} times`);

/** Expects so many events of one kind with each message; after a kill there may be more. */
function expectTimes(stage: Stage, what: What, done: string, due: (id: number) => number) {
  const { items, "killed at": killed } = stage.numbers;
  for (const id of numbersTo(items)) {
    const [is, times] = [stage.of(what).filter(({ value }) => value === id).length, due(id)];
    const isRight = is === times || killed !== undefined && is > 0 && times > 0;
    const isGone = stage.of("end").some(({ value }) => value === id);
    const hint = isGone ? GONE : "killed in its third delivery, a message comes a fourth time";
    const [expected, happened] = [times, is].map((it) => it === 1 ? `${done} once` : `${done} ${it} times`);
    expect(isRight, `message ${id} is ${expected}`, `it was ${happened}`, is < times && hint);
  }
}

const GONE = "a message that is acknowledged is gone for good: is everything done by then?";

/** Returns a case without a kill, and one for a kill at each of so many places. */
function kills(places: number, ...numbers: number[]): number[][] {
  return [numbers, ...numbersTo(places).map((i) => [...numbers, i - 1])];
}

const handleCases = [...kills(4, 1), ...kills(12, 3), [1, undefined, 1], [3, undefined, 2]];
exercise("12.1", "handle(items, killed at, fails at first)", handleCases, async ({ handle }, stage) => {
  await stage.runPlain(() => deliver(stage, (message, work) => handle(message, work)));
  expectAcknowledged(stage);
  expectEach(stage, "processed", "work is done for", "it is lost", GONE);
  expectTimes(stage, "processed", "handled", () => 1);
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
    : "is the sum written before ack, and together with it the id of the message?";
  expectSame(sum, due, `the sum of ${count(items, "message")} is #`, "it is #", hint);
  expectAcknowledged(stage);
});

const badCases = [[1], ...kills(7, 1, 1), [3, 2], [3, 1], [2]];
exercise("12.3", "handleOrSetAside(items, bad, killed at)", badCases, async (given, stage) => {
  const { handleOrSetAside, bad } = given;
  const setAside = (call: Call) => (id: number) => call(() => stage.note("put", id));
  const handle: Handle = (message, work, call) => handleOrSetAside(message, work, setAside(call));
  await stage.runPlain(() => deliver(stage, handle));
  expectTimes(stage, "got", "tried", (id) => id === bad ? 3 : 1);
  expectTimes(stage, "delivered", "delivered", (id) => id === bad ? 3 : 1);
  stage.of("put").forEach(({ value }) =>
    expectSame(value, bad ?? value, "setAside is given the id #", "it got #")
  );
  expectTimes(stage, "put", "set aside", (id) => id === bad ? 1 : 0);
  expectAcknowledged(stage);
});
