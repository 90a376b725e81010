// Notebooks 7 and 8: tasks that share a value, where one may step in between another's read and write; failures, timeouts
// and cancellation.
import { now } from "../execution.ts";
import { lane, note } from "../lines.ts";
import { Lock } from "../lock.ts";
import { random } from "../random.ts";
import { sleep } from "../sleep.ts";
import { count } from "../words.ts";
import { expect, expectCount, expectOutcome, expectPages, expectSame, outcomeOf } from "./expect.ts";
import { atTimes, type Call, choices, exercise, numbersTo, ours, pause } from "./stage.ts";

choices("7.1", "mayStepIn", { // may another task step in there?
  a: [true, "await gives way until the value has been read"],
  b: [false, "nothing here waits, and nobody can take the thread away"],
  c: [false, "the call starts to write; it does not wait for the end of that"],
  d: [false, "nothing here waits, however much is computed"],
  e: [true, "await gives way until the value has been written"],
});

const addCases = [[1], [2], [3], [5], [2, 1], [5, 3], [20]];
exercise("7.2", "addSafely(workers, failing)", addCases, async ({ addSafely, workers, failing }, stage) => {
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
      stored = value;
    },
  };
  const lock = new Lock();
  // bundles for pages shorten the names of functions, but not of properties
  const tasks = { worker: () => outcomeOf(() => addSafely(store, lock)) };
  const stuck = "whoever acquires the lock must release it, even after an error";
  const outcomes = await stage.onLoop(() => Array<Call>(workers).fill([tasks.worker]), { stuck });
  const failed = outcomes.filter(({ error }) => error);
  for (const { error } of failed) if (error !== full) throw error;
  const due = failing ? workers - 1 : workers;
  const words = failing ? `, as write ${failing} failed` : "";
  const [make, made] = workers === 1 ? ["makes", "it made"] : ["make", "they made"];
  const usesLock = workers > 1 && stage.of("acquire").length > 0 && stage.warnings.length === 0;
  const hint = usesLock && "one lock for all, held from before the read until after the write";
  expectSame(stored, due, `${count(workers, "worker")} ${make} #${words}`, `${made} #`, hint);
  const rethrow = "whoever catches an error must throw it again";
  expectCount(workers - failed.length, due, "worker", "to come to an end without an error", rethrow);
});

const loadCases = [[1, 1], [2, 1], [5, 1], [4, 2], [9, 3]];
exercise("7.3", "loadOnce(readers, pages)", loadCases, async ({ loadOnce, readers, pages }, stage) => {
  const cache = new Map<string, unknown>();
  const load = stage.loader([]);
  const reader = async (i: number) => {
    const [page, start] = [String(1 + (i - 1) % pages), i <= 2 * pages ? 0 : (i - 1) % 3];
    lane(`reader ${i}`);
    if (start > 0) await pause(start);
    expectSame(await loadOnce(cache, page, load), `page ${page}`, "loadOnce gives #", "it gave #");
    const who = `who asks for page ${page} at ${start} s has it at # s`;
    const hint = "it needs its own page alone, and the cache that it is given";
    expectSame(now(), Math.max(1, start), who, "it was there at # s", hint);
  };
  await stage.runPlain(() => Promise.all(numbersTo(readers).map(reader)));
  for (let page = 1; page <= pages; page++) {
    const loads = stage.of("put").filter(({ value }) => value === String(page)).length;
    expectCount(loads, 1, "load", `of page ${page}, however many ask for it`);
  }
});

const downloadCases = [[[1]], [[2, 1]], [[2, 1], 2], [[1, 3, 2], 1], [[3, 1, 2]]];
exercise("8.1", "allOrNothing(seconds, broken)", downloadCases, async (given, stage) => {
  const { allOrNothing, seconds, broken } = given;
  const pages = numbersTo(seconds.length);
  const load = stage.loader(seconds, [broken]);
  const [outcome] = await stage.onLoop((loop) => [
    ours("program", async () => {
      const tasks = pages.map((page) => loop.createTask(...ours("download", () => load(page))));
      const outcome = await outcomeOf(() => allOrNothing(tasks));
      await sleep(10); // by then, a task that was not cancelled has come to its end
      return outcome;
    }),
  ]);
  expectPages(outcome, pages, broken);
  const due = broken ? seconds[broken - 1] : Math.max(...seconds);
  const atOnce = broken && "gather fails as soon as one task does: do not wait for the others";
  expectSame(outcome.time, due, "it ends after # s", "it ended after # s", atOnce);
  const last = stage.of("got").find(({ time }) => time > due)?.time ?? due;
  const together = "the other downloads end with the broken one";
  expectSame(last, due, together, "one went on until # s", "task.cancel() ends a task");
});

const arrivalCases = [[1], [1, [0.5]], [1, [1.5]], [1, [1]], [2, [1, 1, 4.5]], [1, [1.4, 2.8, 4.2, 5.6, 7]]];
exercise("8.2", "getWithin(seconds, arrivals)", arrivalCases, async (given, stage) => {
  const { getWithin, seconds, arrivals = [] } = given;
  const consume = async () => {
    const most = 2 * arrivals.length + Math.ceil((arrivals.at(-1) ?? 0) / seconds) + 1;
    for (let look = 0; look < most; look++) {
      const start = now();
      stage.note("got", await getWithin(seconds, stage.data), now() - start);
    }
  };
  const producer = atTimes("producer", arrivals, (i) => stage.data.put([i, arrivals[i - 1]]));
  const stuck = "getWithin gives up after its time, whether an item comes or not";
  await stage.onLoop(() => [ours("consumer", consume), producer], { stuck });
  let got = 0;
  for (const { value, time, latency } of stage.of("got")) {
    if (value === undefined || got === arrivals.length) {
      expectSame(value, undefined, "# is returned where no item comes", "# was");
      expectSame(latency, seconds, "undefined is returned after # s", "it was returned after # s");
    } else {
      const arrival = arrivals[got++];
      expectSame(value, [got, arrival], `item ${got} is returned, #`, "# was");
      expectSame(time, arrival, `item ${got} is there at # s`, "it was returned at # s");
    }
  }
  const hint = "a get that nobody waits for is still in the line, and takes the item";
  expect(got === arrivals.length, `item ${got + 1} comes out of the queue`, "it was never seen again", hint);
});

exercise("8.3", "pause(seconds, aborted)", [[2], [2, 1], [2, 0], [1, 2]], async (given, stage) => {
  const { seconds, aborted } = given;
  const error = new Error("the reason of the signal");
  const outcomes = await stage.runPlain(async () => {
    const controller = new AbortController();
    const abort = () => controller.abort(error);
    if (aborted === 0) abort();
    else if (aborted) setTimeout(abort, 1000 * aborted);
    const call = () => outcomeOf(() => given.pause(seconds, controller.signal));
    const outcomes = await Promise.all([call(), call()]);
    await pause(3);
    return outcomes;
  });
  let hint = aborted === 0 && "a signal that is aborted already sends no event";
  if (outcomes[0].time !== outcomes[1].time) hint = "onabort holds one function: use addEventListener";
  const each = "each of two pauses with one signal ends after # s";
  const due = Math.min(seconds, aborted ?? seconds);
  for (const outcome of outcomes) {
    expectSame(outcome.time, due, each, "it ended after # s", hint);
    expectOutcome(outcome, due < seconds ? { error } : { value: outcome.value });
  }
});
