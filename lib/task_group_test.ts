// What CPython 3.11 does in the same programs, line by line.
import { deepEqual, rejects } from "node:assert/strict";
import { CancelledError, LessonError, TimeoutError } from "./errors.ts";
import { currentLoop } from "./loop.ts";
import { Queue } from "./queue.ts";
import { sleep } from "./sleep.ts";
import { type TaskGroup, taskGroup } from "./task_group.ts";
import { printed, run } from "./testdata/testing.ts";
import { timeout } from "./timeout.ts";

type Log = (line: unknown) => void;

async function logged(program: (log: Log) => Promise<unknown>): Promise<unknown[]> {
  const lines: unknown[] = [];
  const { error, warnings } = await printed(() => run(() => program((line) => lines.push(line))));
  deepEqual([error, warnings], [undefined, []]);
  return lines;
}

async function work(name: string, seconds: number, log: Log, fails = false) {
  try {
    await sleep(seconds);
  } catch (error) {
    log(`${name} cancelled`);
    await sleep(0.02);
    log(`${name} cleaned`);
    throw error;
  }
  if (fails) throw new RangeError(name);
  log(`${name} done`);
  return name;
}

const create: TaskGroup["createTask"] = (fn, ...args) => currentLoop()!.createTask(fn, ...args);
const tell = (log: Log) => (error: unknown) =>
  log(error instanceof AggregateError ? error.errors.map(String) : (error as Error).name);

Deno.test("asyncio: timeout() cancels what takes too long, and ends when that has cleaned up", async () => {
  const lines = await logged(async (log) => {
    await timeout(0.05, create(work, "slow", 5, log)).catch(tell(log));
    log(await timeout(0.5, create(work, "fast", 0.01, log)));
  });
  deepEqual(lines, ["slow cancelled", "slow cleaned", "TimeoutError", "fast done", "fast"]);
});

Deno.test("asyncio: timeout() returns what a task that does not heed it returns", async () => {
  deepEqual(
    await logged(async (log) => log(await timeout(0.01, create(() => sleep(5).then(null, () => "kept"))))),
    [
      "kept",
    ],
  );
});

Deno.test("asyncio: timeout() that is cancelled cancels what it waits for", async () => {
  const lines = await logged(async (log) => {
    const task = create(async () => await timeout(5, create(work, "w", 5, log)));
    await sleep(0.01);
    task.cancel();
    await task.catch(tell(log));
  });
  deepEqual(lines, ["w cancelled", "w cleaned", "CancelledError"]);
});

Deno.test("asyncio: timeout() of a get takes no item", async () => {
  const lines = await logged(async (log) => {
    const data = new Queue<number>();
    await timeout(0.01, data.get()).catch(tell(log));
    await data.put(1);
    log(data.size);
  });
  deepEqual(lines, ["TimeoutError", 1]);
});

Deno.test("timeout() says what took too long, and refuses what is no time", async () => {
  const message = "slow took longer than 1 s and was cancelled.";
  const slow = async function slow() {
    await sleep(2);
  };
  await rejects(run(() => Promise.resolve(timeout(1, create(slow)))), new TimeoutError(message));
  await rejects(run(() => Promise.resolve(timeout(-1, create(slow)))), /Cannot wait for -1 s: give a number/);
  // @ts-expect-error a promise is no future
  await rejects(run(() => Promise.resolve(timeout(1, slow()))), /Cannot wait for a promise: give a task/);
});

Deno.test("asyncio: taskGroup() ends when all of its tasks have", async () => {
  const lines = await logged(async (log) => {
    log(
      await taskGroup(async (group) => {
        const tasks = [group.createTask(work, "a", 0.02, log), group.createTask(work, "b", 0.01, log)];
        log("body");
        return await Promise.resolve(tasks.length);
      }),
    );
  });
  deepEqual(lines, ["body", "b done", "a done", 2]);
});

Deno.test("asyncio: taskGroup() cancels the others and the body where a task fails", async () => {
  const lines = await logged(async (log) => {
    await taskGroup(async (group) => {
      group.createTask(work, "slow", 5, log);
      group.createTask(work, "bad", 0.01, log, true);
      await sleep(5).catch((error) => {
        log("body cancelled");
        throw error;
      });
    }).catch(tell(log));
    await sleep(0);
    log("goes on");
  });
  deepEqual(lines, ["slow cancelled", "body cancelled", "slow cleaned", ["RangeError: bad"], "goes on"]);
});

Deno.test("asyncio: taskGroup() that is cancelled cancels its tasks", async () => {
  const lines = await logged(async (log) => {
    const task = create(async () =>
      await taskGroup(async (group) => {
        for (const name of "ab") await Promise.resolve(group.createTask(work, name, 5, log).name);
      })
    );
    await sleep(0.01);
    task.cancel();
    await task.catch(tell(log));
  });
  deepEqual(lines, ["a cancelled", "b cancelled", "a cleaned", "b cleaned", "CancelledError"]);
});

Deno.test("asyncio: taskGroup() cancels its tasks where the body fails, and takes no more", async () => {
  const lines = await logged(async (log) => {
    let late: TaskGroup;
    await taskGroup(async (group) => {
      late = group;
      group.createTask(work, "a", 5, log);
      await sleep(0);
      throw new SyntaxError("body");
    }).catch(tell(log));
    await rejects(async () => await late.createTask(sleep, 1), LessonError);
  });
  deepEqual(lines, ["a cancelled", "a cleaned", ["SyntaxError: body"]]);
});

Deno.test("asyncio: taskGroup() throws all errors", async () => {
  const lines = await logged((log) =>
    taskGroup(async (group) => {
      for (const name of "xy") group.createTask(work, name, 0.01, log, true);
      await Promise.resolve(group.createTask(work, "z", 5, log).name);
    }).catch(tell(log))
  );
  deepEqual(lines, ["z cancelled", "z cleaned", ["RangeError: x", "RangeError: y"]]);
});

Deno.test("asyncio: taskGroup() goes on as soon as a task has failed, if all others are done by then", async () => {
  const lines = await logged(async (log) => {
    const data = new Queue<string>();
    const getter = create(async () => {
      log(await data.get());
      await sleep(0);
      log("next round");
    });
    await sleep(0);
    await taskGroup((group) => {
      group.createTask(() => Promise.reject(new RangeError("bad")));
      group.createTask(async () => await data.put("item"));
    }).catch(tell(log));
    await getter;
  });
  deepEqual(lines, ["item", ["RangeError: bad"], "next round"]);
});

Deno.test("taskGroup() leaves its task as it was: it can be cancelled again", async () => {
  const lines = await logged(async (log) => {
    const task = create(async () => {
      await taskGroup(async (group) => {
        group.createTask(work, "bad", 0.01, log, true);
        await sleep(5);
      }).catch(tell(log));
      await sleep(1);
      log("not cancelled");
    });
    await task;
    log(task.outcome?.ok === false && task.outcome.error instanceof CancelledError);
  });
  deepEqual(lines, [["RangeError: bad"], "not cancelled", false]);
});
