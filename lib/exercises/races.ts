// Notebook 7: tasks that share a value, and may step in between another's reading and its writing.
import { now } from "../context.ts";
import { lane, note } from "../lines.ts";
import { Lock } from "../lock.ts";
import { random } from "../random.ts";
import { sleep } from "../sleep.ts";
import { count } from "../words.ts";
import { expect, expectCount, expectTime } from "./expect.ts";
import { pause } from "./outcome.ts";
import { type Call, choices, exercise, type Stage } from "./stage.ts";

/** A number in a store that takes its time, of which one write may fail. */
class SlowNumber {
  #value = 0;
  #writes = 0;

  constructor(readonly stage: Stage, readonly failing?: number) {}

  readonly read = async () => {
    await sleep(random());
    note(`reads ${this.#value}`);
    return this.#value;
  };

  readonly write = async (value: number) => {
    await sleep(random());
    if (++this.#writes === this.failing) throw this.full;
    note(`writes ${value}`);
    this.stage.note("put", this.#value = value);
  };

  readonly full = new Error("the disk is full");
}

const addCases = [[1], [2], [3], [5], [2, 1], [5, 3], [20]];
const loadCases = [[1, 1], [2, 1], [5, 1], [4, 2], [9, 3]];

/** The exercises of notebook 7. */
export const races = {
  "7.1": choices("mayStepIn", { // may another task step in there?
    a: [true, "await gives way until the value has been read"],
    b: [false, "nothing here waits, and nobody can take the thread away"],
    c: [false, "the call starts to write; it does not wait for the end of that"],
    d: [false, "nothing here waits, however much is computed"],
    e: [true, "await gives way until the value has been written"],
  }),
  "7.2": exercise("addSafely(workers, failing)", addCases, async ({ addSafely, workers, failing }, stage) => {
    const [store, lock] = [new SlowNumber(stage, failing), new Lock()];
    const tasks = { // a bundle for pages shortens the names of functions, but of no methods
      async worker() {
        try {
          await addSafely(store, lock);
          stage.note("got");
        } catch (error) {
          if (error !== store.full) throw error;
        }
      },
    };
    await stage.onLoop(() => Array<Call>(workers).fill([tasks.worker]));
    const due = failing ? workers - 1 : workers;
    const words = failing ? `, as write ${failing} failed` : "";
    const sum = stage.of("put").at(-1)?.value ?? 0;
    const [make, made] = workers === 1 ? ["makes", "it made"] : ["make", "they made"];
    expect(sum === due, `${count(workers, "worker")} ${make} ${due}${words}`, `${made} ${sum}`);
    expectCount(stage.of("got").length, due, "worker", "to come to an end without an error");
  }),
  "7.3": exercise("loadOnce(readers, pages)", loadCases, async ({ loadOnce, readers, pages }, stage) => {
    const cache = new Map<string, unknown>();
    const load = async (address: string) => {
      stage.note("put", address);
      await pause(1);
      return `the text of ${address}`;
    };
    const reader = async (_: unknown, i: number) => {
      const [address, start] = [`page ${i % pages + 1}`, i < 2 * pages ? 0 : i % 3];
      lane(`reader ${i + 1}`);
      if (start > 0) await pause(start);
      const text = await loadOnce(cache, address, load);
      const due = `the text of ${address}`;
      expect(text === due, `loadOnce gives ${due}`, `it gave ${text}`);
      const who = `who asks for ${address} at ${start} s has it at`;
      expectTime(now(), Math.max(1, start), who, "it was there at", "nobody waits for another page");
    };
    await stage.runPlain(() => Promise.all(Array.from({ length: readers }, reader)));
    for (let page = 1; page <= pages; page++) {
      const loads = stage.of("put").filter(({ value }) => value === `page ${page}`).length;
      expectCount(loads, 1, "load", `of page ${page}, however many ask for it`);
    }
  }),
};
