// Measures the virtual clock, with the trace on: two producers, one consumer, a queue.
// A clock event is a sleep that ended; there are two for each item.
import { EventLoop, experiment, gather, generated, now, processed, Queue, random, sleep } from "@course/lib";
import TinyQueue from "tinyqueue";

async function generateData(num: number, data: Queue<[number, number]>) {
  for (let idx = 1; idx <= num; idx++) {
    await data.put([idx * idx, now()]);
    generated(idx);
    await sleep(random() + 0.5);
  }
}

async function processData(num: number, data: Queue<[number, number]>) {
  for (let count = 1; count <= num; count++) {
    const [value, time] = await data.get();
    processed(value, now() - time);
    await sleep(0.5);
  }
}

/** Returns the seconds that the loop takes for a number of items. */
async function loopSeconds(items: number): Promise<number> {
  const start = performance.now();
  const run = await experiment("clock", { quiet: true }, async () => {
    const loop = new EventLoop();
    const data = new Queue<[number, number]>();
    const producers = [1, 2].map(() => loop.createTask(generateData, items / 2, data));
    await loop.runUntilComplete(gather(...producers, loop.createTask(processData, items, data)));
  });
  if (run.processed !== items) throw new Error(`${run.processed} of ${items} items were processed`);
  return (performance.now() - start) / 1000;
}

/** Returns the seconds that a bare heap of three takes for as many events: a pop and a push for each. */
function heapSeconds(events: number): number {
  const start = performance.now();
  const heap = new TinyQueue([0, 0.1, 0.2]);
  for (let i = 0; i < events; i++) heap.push(heap.pop()! + Math.random() + 0.5);
  return (performance.now() - start) / 1000;
}

/** Returns the best of three measurements, to leave out what else the machine does. */
async function best(measure: () => number | Promise<number>): Promise<number> {
  return Math.min(await measure(), await measure(), await measure());
}

for (let i = 0; i < 3; i++) await loopSeconds(50_000); // warm-up
heapSeconds(1_000_000);

console.log("    items  clock events   seconds  million events/s  bare heap, million/s  ratio");
for (const items of [10_000, 100_000, 1_000_000]) {
  const events = 2 * items;
  const loop = await best(() => loopSeconds(items));
  const heap = await best(() => heapSeconds(events));
  console.log(
    items.toLocaleString("en").padStart(9) + events.toLocaleString("en").padStart(14) +
      loop.toFixed(3).padStart(10) + (events / loop / 1e6).toFixed(2).padStart(18) +
      (events / heap / 1e6).toFixed(1).padStart(22) + (loop / heap).toFixed(0).padStart(7),
  );
}
