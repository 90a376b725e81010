// What CPython 3.11 does in the same programs, line by line.
import { deepEqual, equal, throws } from "node:assert/strict";
import { LessonError } from "./errors.ts";
import { gather } from "./gather.ts";
import { Lock, Semaphore } from "./lock.ts";
import { currentLoop, type Task } from "./loop.ts";
import { sleep } from "./sleep.ts";
import { run } from "./testdata/testing.ts";

type Log = (line: string) => void;

async function logged(program: (log: Log) => Promise<unknown>): Promise<string[]> {
  const lines: string[] = [];
  await run(() => program((line) => lines.push(line)));
  return lines;
}

async function hold(name: string, lock: Semaphore, rounds: number, log: Log) {
  await lock.acquire();
  log(`${name} in`);
  for (let i = 0; i < rounds; i++) await sleep(0);
  log(`${name} out`);
  lock.release();
}

function holders(names: string, lock: Semaphore, rounds: (i: number) => number, log: Log): Task[] {
  return [...names].map((name, i) => currentLoop()!.createTask(hold, name, lock, rounds(i), log));
}

Deno.test("asyncio: a Lock lets one in at a time, in the order in which they came", async () => {
  deepEqual(await logged((log) => gather(...holders("abc", new Lock(), () => 2, log)) as never), [
    ...["a in", "a out", "b in", "b out", "c in", "c out"],
  ]);
});

Deno.test("asyncio: who releases a Lock and acquires it at once does not push in", async () => {
  const lines = await logged(async (log) => {
    const lock = new Lock();
    const greedy = currentLoop()!.createTask(async () => {
      for (let i = 0; i < 2; i++) {
        await lock.acquire();
        log(`greedy ${i}`);
        await sleep(0);
        lock.release();
      }
    });
    await gather(greedy, ...holders("m", lock, () => 0, log));
  });
  deepEqual(lines, ["greedy 0", "m in", "m out", "greedy 1"]);
});

Deno.test("asyncio: the turn of a task that is cancelled after it was woken goes to the next", async () => {
  const lines = await logged(async (log) => {
    const lock = new Lock();
    await lock.acquire();
    const [a, b] = holders("ab", lock, () => 0, log);
    await sleep(0);
    lock.release();
    a.cancel();
    await a.catch(() => log("a cancelled"));
    await b;
    log(`locked ${lock.locked}`);
  });
  deepEqual(lines, ["b in", "b out", "a cancelled", "locked false"]);
});

Deno.test("asyncio: a Semaphore of 2 lets two in at a time", async () => {
  const lines = await logged(async (log) => {
    const two = new Semaphore(2);
    await gather(...holders("abcde", two, (i) => i + 1, log));
    log(`locked ${two.locked}`);
  });
  deepEqual(lines, [
    ...["a in", "b in", "a out", "c in", "b out", "d in", "c out", "e in", "d out", "e out", "locked false"],
  ]);
});

Deno.test("asyncio: a Semaphore that was released twice lets in those who came meanwhile", async () => {
  const lines = await logged(async (log) => {
    const none = new Semaphore(0);
    const [a] = holders("a", none, () => 1, log);
    await sleep(0);
    none.release();
    none.release();
    log(`locked ${none.locked}`);
    await gather(a, ...holders("b", none, () => 1, log));
  });
  deepEqual(lines, ["locked true", "a in", "b in", "a out", "b out"]);
});

Deno.test("Lock and Semaphore say what is wrong", async () => {
  throws(() => new Lock().release(), new LessonError("Cannot release Lock: it is not acquired."));
  throws(() => new Lock().acquire(), /^LessonError: Cannot acquire a Lock: no event loop is running/);
  throws(() => new Semaphore(-1), /^LessonError: Cannot use -1 as the value of a Semaphore/);
  const error = await run(async () => {
    const lock = new Lock();
    await lock.acquire();
    await lock.acquire();
  }).catch((error) => error);
  equal(error.message, "This run can never end: task waits for its turn at a Lock.");
});
