// Notebook 12: a consumer that may be killed, and a small model of a server that delivers each message at least once: again
// and again, to one process after another, until it is acknowledged.
import { count } from "../words.ts";
import { expect } from "./expect.ts";
import { numbersTo, pause } from "./outcome.ts";
import { exercise, type Stage } from "./stage.ts";

/** The most times that the model delivers a message. */
const MOST = 6;

/** A message as an answer gets it. */
interface Message {
  id: number;
  value: number;
  /** The number of times that it has been delivered, with this one. */
  deliveries: number;
  ack(): void;
}

/** A process, which is killed before or after one of the things that it does to the world outside. */
class Process {
  readonly #never = new Promise<never>(() => {});
  #left: number;
  #die = () => {};
  readonly died = new Promise<void>((die) => this.#die = die);

  /** @param life the number of steps until it is killed, two for each thing that it does */
  constructor(life = Infinity) {
    this.#left = life;
  }

  /** Does something at once, if the process lives. */
  do(effect: () => void): void {
    if (!this.#step()) return;
    effect();
    this.#step();
  }

  /** Does something that takes half a second, and gives what `effect` returns; to a process that is killed, nothing comes back. */
  async call<T>(effect: () => T): Promise<T> {
    if (!this.#step()) return await this.#never;
    await pause(0.5);
    if (this.#left < 0) return await this.#never; // killed meanwhile
    const result = effect();
    return this.#step() ? result : await this.#never;
  }

  /** Goes on by a step. Returns true if the process lives on. */
  #step(): boolean {
    if (this.#left-- === 0) this.#die();
    return this.#left >= 0;
  }
}

/** Delivers messages until all are acknowledged: to a process that is killed after so many steps, then to others. */
async function deliver(stage: Stage, handle: (message: Message, by: Process) => unknown): Promise<void> {
  const { items, "killed at": killed } = stage.numbers;
  const waiting = new Map(numbersTo(items).map((id) => [id, 0]));
  for (let i = 0; i < MOST && waiting.size > 0; i++) {
    const process = new Process(i === 0 ? killed : undefined);
    const work = async () => {
      for (const [id, before] of [...waiting]) {
        waiting.set(id, before + 1);
        const acknowledge = () => {
          stage.note("got", id);
          waiting.delete(id);
        };
        const ack = () => process.do(acknowledge);
        await handle({ id, value: id, deliveries: before + 1, ack }, process);
      }
    };
    await Promise.race([process.died, work()]);
  }
}

/** Returns the number of events of one kind with a message. */
const timesOf = (stage: Stage, what: "processed" | "put" | "got", id: number) =>
  stage.of(what).filter(({ value }) => value === id).length;

/** Expects all messages to be acknowledged. */
function expectAcknowledged(stage: Stage): void {
  const left = numbersTo(stage.numbers.items).find((id) => timesOf(stage, "got", id) === 0);
  expect(left === undefined, `message ${left} is acknowledged`, `it never was, and came ${MOST} times`);
}

/** Killed nowhere, and at each place where a process of so many things for a message can be. */
const kills = (items: number, things: number) => {
  const steps = [...Array(2 * things * items).keys()];
  return [[items], ...steps.map((step) => [items, step])];
};

const handleCases = [...kills(1, 2), ...kills(3, 2)];
const sumCases = [...kills(1, 3), ...kills(2, 3), [4]];
const badCases = [[1], [1, 1], [3, 2], [3, 1], [2]];

/** The exercises of notebook 12. */
export const deliveries = {
  "12.1": exercise("handle(items, killed at)", handleCases, async (given, stage) => {
    const { handle, items, "killed at": killed } = given;
    await stage.runPlain(() =>
      deliver(
        stage,
        (message, process) =>
          handle(message, (value: number) => process.call(() => stage.note("processed", value))),
      )
    );
    for (const id of numbersTo(items)) {
      const times = timesOf(stage, "processed", id);
      const hint = "a message that is acknowledged is gone for good: is the work done by then";
      expect(times > 0, `work is done for message ${id}`, "it is lost", hint);
      const isOnce = killed !== undefined || times === 1;
      expect(isOnce, `work is done once for message ${id}`, `it was done ${count(times, "time")}`);
    }
    expectAcknowledged(stage);
  }),
  "12.2": exercise("addUp(items, killed at)", sumCases, async ({ addUp, items }, stage) => {
    let kept = JSON.stringify({ sum: 0, done: [] });
    await stage.runPlain(() =>
      deliver(stage, (message, process) =>
        addUp(message, {
          read: () => process.call(() => JSON.parse(kept)),
          write: (state: unknown) => process.call(() => void (kept = JSON.stringify(state))),
        }))
    );
    const { sum } = JSON.parse(kept) ?? {};
    const due = numbersTo(items).reduce((sum, value) => sum + value, 0);
    const hint = sum > due
      ? "a message may come twice: is it among those that are done"
      : "is the sum written before the message counts as done, or with it";
    expect(sum === due, `the sum of ${count(items, "message")} is ${due}`, `it is ${sum}`, hint);
    expectAcknowledged(stage);
  }),
  "12.3": exercise("handleOrSetAside(items, bad)", badCases, async (given, stage) => {
    const { handleOrSetAside, items, bad } = given;
    await stage.runPlain(() =>
      deliver(stage, async (message, process) => {
        const work = async (value: number) => {
          await process.call(() => stage.note("processed", value));
          if (value === bad) throw new Error(`message ${value} cannot be handled`);
        };
        const setAside = (id: number) => process.call(() => stage.note("put", id));
        try {
          await handleOrSetAside(message, work, setAside);
        } catch { /* the process ends, and another one takes its place */ }
      })
    );
    for (const id of numbersTo(items)) {
      const [tries, aside] = [timesOf(stage, "processed", id), timesOf(stage, "put", id)];
      const due = id === bad ? 3 : 1;
      const tried = `it was tried ${count(tries, "time")}`;
      expect(tries === due, `message ${id} is tried ${count(due, "time")}`, tried);
      const place = id === bad ? "once" : "never, as it can be handled";
      const happened = `it was set aside ${count(aside, "time")}`;
      expect(aside === Number(id === bad), `message ${id} is set aside ${place}`, happened);
    }
    expectAcknowledged(stage);
  }),
};
