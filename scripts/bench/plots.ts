// Measures the time and size of plots of long runs: 100,000 items of two producers, and 20,000 items of a thousand.
import {
  compare,
  EventLoop,
  experiment,
  gather,
  generated,
  now,
  processed,
  Queue,
  random,
  type Run,
  sleep,
  timeline,
} from "@course/lib";

async function generateData(num: number, data: Queue<number>) {
  for (let idx = 1; idx <= num; idx++) {
    await data.put(now());
    generated(idx);
    await sleep(random() + 0.5);
  }
}

async function processData(num: number, data: Queue<number>) {
  for (let count = 1; count <= num; count++) {
    processed(count, now() - await data.get());
    await sleep(0.5);
  }
}

function runOf(producers: number, items: number): Promise<Run> {
  return experiment("long", { quiet: true }, async () => {
    const loop = new EventLoop();
    const data = new Queue<number>();
    const tasks = Array.from(
      { length: producers },
      () => loop.createTask(generateData, items / producers, data),
    );
    await loop.runUntilComplete(gather(...tasks, loop.createTask(processData, items, data)));
  });
}

const plots = { timeline, compare: (run: Run) => compare([run]) };
for (const plot of Object.values(plots)) plot(await runOf(2, 100)); // warm-up
console.log("plot       producers    items  first, ms  best of 7, ms    kB");
for (const [producers, items] of [[2, 100_000], [1000, 20_000]]) {
  const run = await runOf(producers, items);
  for (const [name, plot] of Object.entries(plots)) {
    const sizes: number[] = [];
    const times = Array.from({ length: 7 }, () => {
      const start = performance.now();
      sizes.push(plot(run).bundle["image/svg+xml"].length);
      return performance.now() - start;
    });
    console.log(
      name.padEnd(9) + String(producers).padStart(11) + items.toLocaleString("en").padStart(9) +
        times[0].toFixed(0).padStart(11) + Math.min(...times).toFixed(0).padStart(15) +
        (sizes[0] / 1000).toFixed(0).padStart(6),
    );
  }
}
