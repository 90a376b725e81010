// Notebook 7: tasks that share a value, and may step in between another's reading and its writing.
import { now } from "../context.ts";
import { lane, note } from "../lines.ts";
import { Lock } from "../lock.ts";
import { random } from "../random.ts";
import { sleep } from "../sleep.ts";
import { count } from "../words.ts";
import { expectCount, expectSame } from "./expect.ts";
import { numbersTo, pause } from "./outcome.ts";
import { type Call, choices, exercise } from "./stage.ts";

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
    const full = new Error("the disk is full");
    let [stored, writes] = [0, 0];
    const store = {
      async read() {
        await sleep(random());
        note(`reads ${stored}`);
        return stored;
      },
      async write(value: number) {
        await sleep(random());
        if (++writes === failing) throw full;
        note(`writes ${value}`);
        stage.note("put", stored = value);
      },
    };
    const lock = new Lock();
    const tasks = { // a bundle for pages shortens the names of functions, but of no methods
      async worker() {
        try {
          await addSafely(store, lock);
          stage.note("got");
        } catch (error) {
          if (error !== full) throw error;
        }
      },
    };
    await stage.onLoop(() => Array<Call>(workers).fill([tasks.worker]));
    const due = failing ? workers - 1 : workers;
    const words = failing ? `, as write ${failing} failed` : "";
    const [make, made] = workers === 1 ? ["makes", "it made"] : ["make", "they made"];
    expectSame(stored, due, `${count(workers, "worker")} ${make} #${words}`, `${made} #`);
    expectCount(stage.of("got").length, due, "worker", "to come to an end without an error");
  }),
  "7.3": exercise("loadOnce(readers, pages)", loadCases, async ({ loadOnce, readers, pages }, stage) => {
    const cache = new Map<string, unknown>();
    const load = stage.loader([]);
    const reader = async (i: number) => {
      const [page, start] = [String(1 + (i - 1) % pages), i <= 2 * pages ? 0 : (i - 1) % 3];
      lane(`reader ${i}`);
      if (start > 0) await pause(start);
      const text = await loadOnce(cache, page, load);
      const who = `who asks for page ${page} at ${start} s has it at # s`;
      expectSame(text, `page ${page}`, "loadOnce gives #", "it gave #");
      expectSame(now(), Math.max(1, start), who, "it was there at # s", "nobody waits for another page");
    };
    await stage.runPlain(() => Promise.all(numbersTo(readers).map(reader)));
    for (let page = 1; page <= pages; page++) {
      const loads = stage.of("put").filter(({ value }) => value === String(page)).length;
      expectCount(loads, 1, "load", `of page ${page}, however many ask for it`);
    }
  }),
};
