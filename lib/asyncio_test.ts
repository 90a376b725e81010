// Each of these programs was run in Python 3.11, too, on an event loop whose clock waits for nothing; the lines are what
// it said there.
import { deepEqual } from "node:assert/strict";
import { gather } from "./gather.ts";
import { Queue } from "./queue.ts";
import { currentLoop, type Task, type TaskFunction } from "./loop.ts";
import { sleep } from "./sleep.ts";
import { said } from "./testdata/testing.ts";

function task<Args extends unknown[], T>(fn: TaskFunction<Args, T>, ...args: Args): Task<T> {
  return currentLoop()!.createTask(fn, ...args);
}

Deno.test("asyncio: sleepers that are due at once wake in one round, and give way in the next", async () => {
  const lines = await said(async (say) => {
    async function sleeper(name: string, seconds: number) {
      await sleep(seconds);
      say(name);
      await sleep(0);
      say(`${name}'`);
    }
    await gather(
      ...[["a", 1], ["b", 0.5], ["c", 1], ["d", 0.5]].map(([name, seconds]) =>
        task(sleeper, String(name), Number(seconds))
      ),
    );
  });
  deepEqual(lines, ["0.5 b", "0.5 d", "0.5 b'", "0.5 d'", "1 a", "1 c", "1 a'", "1 c'"]);
});

Deno.test("asyncio: tasks made by tasks run in the order in which they were made", async () => {
  const lines = await said(async (say) => {
    async function branch(name: string, levels: number) {
      say(name);
      if (levels > 0) { for (const end of "xy") task(branch, name + end, levels - 1); }
      await sleep(0);
      say(`${name}'`);
    }
    await gather(task(branch, "a", 2), task(branch, "b", 1));
    await sleep(1);
  });
  deepEqual(
    lines.map((line) => line.slice(2)).join(" "),
    "a b ax ay a' bx by b' axx axy ax' ayx ayy ay' bx' by' axx' axy' ayx' ayy'",
  );
});

Deno.test("asyncio: a gathering wakes in the round after its last task", async () => {
  const lines = await said(async (say) => {
    async function sleeper(name: string) {
      await sleep(1);
      say(name);
    }
    async function gatherer(name: string, ...tasks: Task[]) {
      await gather(...tasks);
      say(name);
    }
    const a = task(sleeper, "a");
    const b = task(sleeper, "b");
    await gather(task(gatherer, "both", a, b), task(gatherer, "b only", b), task(gatherer, "a only", a));
  });
  deepEqual(lines, ["1 a", "1 b", "1 a only", "1 both", "1 b only"]);
});

Deno.test("asyncio: a queue of two with a producer and a consumer", async () => {
  const lines = await said(async (say) => {
    const data = new Queue<number>(2);
    async function producer() {
      for (let i = 0; i < 6; i++) {
        await data.put(i);
        say(`put ${i} size ${data.size}`);
      }
    }
    async function consumer() {
      for (let i = 0; i < 6; i++) {
        say(`got ${await data.get()} size ${data.size}`);
        await sleep(1);
      }
    }
    await gather(task(producer), task(consumer));
  });
  deepEqual(lines, [
    ...["0 put 0 size 1", "0 put 1 size 2", "0 got 0 size 1", "0 put 2 size 2"],
    ...["1 got 1 size 1", "1 put 3 size 2", "2 got 2 size 1", "2 put 4 size 2"],
    ...["3 got 3 size 1", "3 put 5 size 2", "4 got 4 size 1", "5 got 5 size 0"],
  ]);
});

Deno.test("asyncio: a put blocks while the woken getter has not run yet", async () => {
  const lines = await said(async (say) => {
    const data = new Queue<number>(1);
    const consumer = task(async () => say(`got ${await data.get()}`));
    await sleep(1);
    await data.put(1);
    say(`size ${data.size}`);
    await data.put(2);
    say("put 2");
    await consumer;
  });
  deepEqual(lines, ["1 size 1", "1 got 1", "1 put 2"]);
});

Deno.test("asyncio: a cancelled getter that was woken passes it on when its turn comes", async () => {
  const lines = await said(async (say) => {
    const data = new Queue<number>();
    async function consumer(name: string) {
      try {
        say(`${name} ${await data.get()}`);
      } catch {
        say(`${name} cancelled`);
      }
    }
    const [a, b] = ["a", "b"].map((name) => task(consumer, name));
    await sleep(1);
    await data.put(1);
    a.cancel();
    task(() => Promise.resolve(say("made later")));
    say("asked");
    await b;
  });
  deepEqual(lines, ["1 asked", "1 a cancelled", "1 made later", "1 b 1"]);
});

Deno.test("asyncio: a gathering that is cancelled ends when the first of its tasks has", async () => {
  const lines = await said(async (say) => {
    async function sleeper(name: string, seconds: number) {
      try {
        await sleep(seconds);
        say(name);
      } catch (error) {
        say(`${name} cancelled`);
        await sleep(0);
        say(`${name} cleaned up`);
        throw error;
      }
    }
    const main = task(async () => {
      await gather(task(sleeper, "a", 1), task(sleeper, "b", 3), task(sleeper, "c", 4));
    });
    await sleep(2);
    main.cancel();
    say("asked");
    await main.catch(() => say("main cancelled"));
  });
  deepEqual(lines, [
    ...["1 a", "2 asked", "2 b cancelled", "2 c cancelled", "2 b cleaned up", "2 c cleaned up"],
    "2 main cancelled",
  ]);
});

Deno.test("asyncio: a task cancelled in the round in which its sleep ends is cancelled all the same", async () => {
  const lines = await said(async (say) => {
    const canceller = task(async () => {
      await sleep(1);
      say("cancels");
      sleeper.cancel();
    });
    const sleeper: Task = task(async () => {
      await sleep(1).catch(() => say("cancelled"));
      await sleep(1);
      say("goes on");
    });
    await gather(canceller, sleeper);
  });
  deepEqual(lines, ["1 cancels", "1 cancelled", "2 goes on"]);
});

Deno.test("asyncio: a task that is cancelled in its last slice counts as cancelled", async () => {
  const lines = await said(async (say) => {
    const last: Task = task(async () => {
      await sleep(0);
      last.cancel();
      return "value";
    });
    await last.catch((error) => say((error as Error).name));
    say(last.cancelled);
  });
  deepEqual(lines, ["0 CancelledError", "0 true"]);
});
