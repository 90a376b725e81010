import { deepEqual, equal, rejects } from "node:assert/strict";
import { CancelledError, LessonError } from "./errors.ts";
import { now } from "./execution.ts";
import { currentLoop, EventLoop, type Task, type TaskFunction } from "./loop.ts";
import { Queue } from "./queue.ts";
import { sleep } from "./sleep.ts";
import { engineTimer, printed, run, said } from "./testdata/testing.ts";

Deno.test("Task says what a function returned that is not async", async () => {
  function generateData(num: number) {
    return num > 5 ? [num] : undefined;
  }
  const loop = new EventLoop();
  const fail = (num: number) =>
    loop.runUntilComplete(loop.createTask(generateData as unknown as TaskFunction<[number], void>, num));
  const message = (returned: string) =>
    new LessonError(
      `generateData returned ${returned}: a promise was expected, is it missing async?`,
    );
  await rejects(fail(5), message("undefined"));
  await rejects(fail(6), { message: message("a list of 1").message.replace("Data", "Data (2)") });
});

Deno.test("Task can be awaited by several, also when it is done", async () => {
  const lines = await said(async (say) => {
    const loop = currentLoop()!;
    const task = loop.createTask(async () => {
      await sleep(1);
      return "value";
    });
    loop.createTask(async () => say(await task));
    say(await task);
    await sleep(0);
    say(await task);
  });
  deepEqual(lines, ["1 value", "1 value", "1 value"]);
});

Deno.test("Task that fails is told to each who awaits it, and Deno goes on", async () => {
  const { warnings, error } = await printed(() =>
    run(async () => {
      const bad = currentLoop()!.createTask(() => Promise.reject(new Error("boom")));
      await rejects(async () => await bad, /boom/);
      await rejects(async () => await bad, /boom/);
    })
  );
  deepEqual([warnings, error], [[], undefined]);
  await engineTimer(1); // an unhandled rejection would end the process by now
});

Deno.test("Task that throws before its first await fails as one that throws later", async () => {
  function thrower(): Promise<void> {
    throw new TypeError("at once");
  }
  await rejects(run(thrower), new TypeError("at once"));
});

Deno.test("Task.cancel() throws at the await where the task stands", async () => {
  const lines = await said(async (say) => {
    const task = currentLoop()!.createTask(async () => {
      try {
        await sleep(5);
      } finally {
        say("finally");
      }
    });
    await sleep(1);
    say(task.cancel());
    await rejects(async () => await task, CancelledError);
    say(`${task.cancelled} ${task.cancel()}`);
  });
  deepEqual(lines, ["1 true", "1 finally", "1 true false"]);
});

Deno.test("Task.cancel() before the start runs nothing of it", async () => {
  await run(async () => {
    const task = currentLoop()!.createTask(() => {
      throw new Error("it ran");
    });
    task.cancel();
    await rejects(async () => await task, { name: "CancelledError", message: "task (2) was cancelled." });
  });
});

Deno.test("Task.cancel() can be caught, and the task goes on", async () => {
  const value = await run(async () => {
    const task = currentLoop()!.createTask(async () => {
      try {
        await new Queue().get();
      } catch (error) {
        await sleep(1);
        return (error as Error).message;
      }
    });
    await sleep(1);
    task.cancel();
    return await task;
  });
  equal(value, "get(…) was cancelled.");
});

Deno.test("Task.cancel() of itself throws at its next await that waits", async () => {
  const lines = await said(async (say) => {
    const data = new Queue<number>();
    await currentLoop()!.createTask(async () => {
      currentLoop()!.current!.cancel();
      await data.put(1);
      say("put");
      await rejects(async () => await sleep(5), CancelledError);
      say("cancelled");
      await sleep(1);
      say("and on");
    });
  });
  deepEqual(lines, ["0 put", "0 cancelled", "1 and on"]);
});

Deno.test("Task.cancel() reaches the task that is awaited, and every await of Promise.all", async () => {
  const lines = await said(async (say) => {
    const loop = currentLoop()!;
    const told = (name: string, promise: PromiseLike<unknown>) =>
      promise.then(undefined, (error) => {
        say(`${name} ${error.name}`);
        throw error;
      });
    const data = new Queue<number>();
    const inner = loop.createTask(async () => void await told("inner", sleep(5)));
    const outer = loop.createTask(async () => void await Promise.all([told("outer", inner), data.get()]));
    await sleep(1);
    outer.cancel();
    await rejects(async () => await outer, CancelledError);
    await data.put(1);
    await sleep(1);
    say(`${data.size} item left`);
  });
  deepEqual(lines, ["1 inner CancelledError", "1 outer CancelledError", "2 1 item left"]);
});

Deno.test("Task.cancel() reaches the end of a chain of 20,000 tasks, and ends a circle of them", async () => {
  await run(async () => {
    const loop = currentLoop()!;
    const chain = [loop.createTask(sleep, 5)];
    for (let i = 0; i < 20_000; i++) chain.push(loop.createTask(async () => await chain[i]));
    const circle: Task[] = [1, 2, 0].map((next) => loop.createTask(async () => void await circle[next]));
    await sleep(1);
    equal(chain.at(-1)!.cancel() && circle[0].cancel(), true);
    await rejects(async () => await chain.at(-1)!, CancelledError);
    await rejects(async () => await circle[0], CancelledError);
    await sleep(0);
    deepEqual([...chain, ...circle].filter((task) => !task.cancelled), []);
    equal(now(), 1);
  });
});
