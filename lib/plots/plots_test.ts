import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import {
  compare,
  curves,
  EventLoop,
  experiment,
  gather,
  generated,
  lane,
  note,
  now,
  predict,
  processed,
  Queue,
  type Run,
  type Showable,
  sleep,
  sleepSync,
  steps,
  taskGroup,
  timeline,
  waterfall,
} from "../mod.ts";
import { type Ink, palette } from "./palette.ts";

type Item = [value: number, time: number];

async function produce(num: number, data: Queue<Item>) {
  for (let idx = 1; idx <= num; idx++) {
    await data.put([idx, now()]);
    generated(idx);
    await sleep(1);
  }
}

async function consume(num: number, data: Queue<Item>) {
  for (let done = 0; done < num; done++) {
    const [value, time] = await data.get();
    processed(value, now() - time);
    await sleep(0.5);
  }
}

function asynchronous(num = 3, name = "async"): Promise<Run> {
  return experiment(name, { quiet: true }, async () => {
    const loop = new EventLoop();
    const data = new Queue<Item>();
    await loop.runUntilComplete(
      gather(loop.createTask(produce, num, data), loop.createTask(consume, num, data)),
    );
  });
}

function synchronous(num = 3): Promise<Run> {
  return experiment("synchronous", { quiet: true }, () => {
    const made: number[] = [];
    for (let idx = 1; idx <= num; idx++) {
      made.push(now());
      generated(idx);
      sleepSync(1);
    }
    for (const time of made) {
      processed(0, now() - time);
      sleepSync(0.5);
    }
  });
}

function svgOf(figure: Showable): string {
  return figure.bundle["image/svg+xml"] as string;
}

// deno-lint-ignore no-explicit-any
function elementOf(figure: Showable): any {
  // deno-lint-ignore no-explicit-any
  return (parseHTML(`<body>${svgOf(figure)}</body>`) as any).document.querySelector("svg");
}

const plots: [string, (run: Run) => Showable][] = [
  ["timeline", (run) => timeline(run)],
  ["compare", (run) => compare([run])],
];

for (const [name, plot] of plots) {
  Deno.test(`${name}() describes itself in words, with the figures`, async () => {
    const svg = elementOf(plot(await asynchronous()));
    const [title, alt] = [svg.querySelector("title").textContent, svg.querySelector("desc").textContent];
    assert.equal(svg.getAttribute("role"), "img");
    assert.equal(svg.getAttribute("aria-label"), `${title}. ${alt}`);
    assert.match(alt, /3\.0 s/);
    assert.equal(plot(await asynchronous()).bundle["text/plain"], `${title}\n${alt}`);
  });

  Deno.test(`${name}() is self-contained, and the same to the byte for the same run`, async () => {
    const svg = svgOf(plot(await asynchronous()));
    assert.ok(!/https?:(?!\/\/www\.w3\.org)|url\(|href|\bid=/.test(svg), "it refers to something outside");
    assert.equal(svgOf(plot(await asynchronous())), svg);
  });

  Deno.test(`${name}() draws an empty run, and keeps a run of thousands of items small`, async () => {
    const nothing = await experiment("nothing", { quiet: true }, () => {});
    assert.match(svgOf(plot(nothing)), /^<svg .*<\/svg>$/s);
    assert.ok(svgOf(plot(await asynchronous(5_000))).length < 300_000);
  });

  Deno.test(`${name}() escapes a name, and draws no NaN`, async () => {
    const svg = svgOf(plot(await asynchronous(2, '<script>"&')));
    assert.ok(!svg.includes("<script>") && !svg.includes("NaN"));
  });

  Deno.test(`${name}() uses only colours with a dark counterpart`, async () => {
    const inks = new Set<string>(Object.values(palette).map((ink) => ink.light));
    const svg = svgOf(plot(await asynchronous())).replace(/<style>.*?<\/style>/s, "");
    for (const [, colour] of svg.matchAll(/(?:fill|stroke|color)="(#[0-9a-f]+)"/g)) {
      assert.ok(inks.has(colour), `${colour} is not in the palette`);
    }
  });
}

Deno.test("a plot of no time has an axis of one second, or up to the predicted time", async () => {
  const nothing = await experiment("nothing", { quiet: true }, () => {});
  const ticksOf = (plot: Showable) => svgOf(plot).match(/(?<=>)[\d.]+(?=<)/g)?.map(Number) ?? [];
  const axes = [timeline(nothing), compare([nothing]), waterfall({ none: [] })].map(ticksOf);
  for (const ticks of axes) assert.deepEqual([Math.min(...ticks), Math.max(...ticks)], [0, 1]);
  const predicted = ticksOf(timeline(nothing, { predicted: predict(30) }));
  assert.equal(Math.max(...predicted), 30);
});

Deno.test("timeline() draws a dot for each item generated and each processed, and a line between the two", async () => {
  const svg = elementOf(timeline(await asynchronous(4)));
  const dots = (ink: string) =>
    svg.querySelectorAll(`svg svg [fill="${ink}"] circle, svg svg circle[fill="${ink}"]`);
  assert.equal(dots(palette.producer.light).length, 4);
  assert.equal(dots(palette.consumer.light).length, 4);
});

Deno.test("timeline() outlines dots, unless there are so many that outlines would hide them", async () => {
  const outline = async (items: number) =>
    /stroke-width="([\d.]+)"[^>]*>\s*<circle/.exec(svgOf(timeline(await asynchronous(items))))?.[1];
  assert.deepEqual([await outline(100), await outline(200)], ["1.5", "0"]);
});

Deno.test("timeline() gives a program without tasks a lane for each role", async () => {
  const alt = elementOf(timeline(await synchronous())).querySelector("desc").textContent;
  assert.match(alt, /A lane for each of producer, consumer\./);
});

Deno.test("steps() has room for many items in one slice, and cuts a long note", async () => {
  const run = await experiment("hasty", { quiet: true }, async () => {
    const loop = new EventLoop();
    const task = loop.createTask(async function produce() {
      for (let idx = 1; idx <= 20; idx++) generated(idx);
      await sleep(1);
      note("says much more than there is room for");
    });
    await loop.runUntilComplete(task);
  });
  const svg = svgOf(steps(run));
  assert.match(svg, />items 1 to 20</);
  assert.match(svg, />says much … for</);
});

Deno.test("steps() names the items of late steps, too, and counts those in the queue", async () => {
  const svg = elementOf(steps(await asynchronous(200), { from: 500, count: 6 }));
  const texts = [...svg.querySelectorAll("text")].map(({ textContent }) => textContent);
  assert.ok(["item 167", "item 168", "0"].every((text) => texts.includes(text)), texts.join());
});

Deno.test("timeline() and steps() shorten a name that their margin has no room for, and keep its number", async () => {
  const main = async () => {
    const loop = new EventLoop();
    const tasks = [1, 2].map((seconds) =>
      loop.createTask(async function handleOneAfterTheOther() {
        await sleep(seconds);
      })
    );
    await loop.runUntilComplete(gather(...tasks));
  };
  const run = await experiment("long names", { quiet: true }, main);
  for (const plot of [timeline(run), steps(run)]) assert.match(svgOf(plot), />handleOneAf… \(2\)</);
});

Deno.test("timeline() compares the total with the bound in its title", async () => {
  const finding = (run: Run) => timeline(run).toString().split("\n")[0];
  assert.equal(finding(await asynchronous()), "Async: 3.0 s, no schedule of these tasks is shorter");
  assert.equal(finding(await synchronous()), "Synchronous: 4.5 s, where 3.0 s would do");
  const nothing = await experiment("nothing", { quiet: true }, () => {});
  assert.equal(finding(nothing), "Nothing: 0.0 s, no schedule of these tasks is shorter");
});

/** A run of thousands of items, many of which wait at one moment. */
function bursting(): Promise<Run> {
  return experiment("bursting", { quiet: true }, async () => {
    const loop = new EventLoop();
    await loop.runUntilComplete(loop.createTask(async function burst() {
      const data = new Queue<number>();
      for (let i = 0; i < 2000; i++) {
        const size = i === 777 ? 50 : 1;
        for (let j = 0; j < size; j++) await data.put(j);
        await sleep(1);
        for (let j = 0; j < size; j++) await data.get();
        await sleep(1);
      }
    }));
  });
}

Deno.test("timeline() reports and draws the deepest queue of a long run", async () => {
  const svg = elementOf(timeline(await bursting()));
  assert.match(svg.querySelector("desc").textContent, /At the most 50 items waited at once\.$/);
  const line = svg.querySelector(`svg g[stroke="${palette.consumer.light}"][fill="none"] path`);
  const heights = [...line.getAttribute("d").matchAll(/L[\d.]+,([\d.]+)/g)].map(([, y]) => Number(y));
  assert.equal(Math.min(...heights), 14, "its top is not the panel's");
});

Deno.test("timeline() draws an outline around each dot, so that it shows on the bar of its lane", async () => {
  const svg = elementOf(timeline(await synchronous(4)));
  for (const { light } of [palette.producer, palette.consumer]) {
    const selector = `svg svg [fill="${light}"][stroke="${palette.paper.light}"]`;
    assert.equal(svg.querySelectorAll(`${selector} circle, ${selector.replace("[", "circle[")}`).length, 4);
  }
});

Deno.test("timeline() draws bars that block the thread beside the lines of items, which would vanish in them", async () => {
  const svg = elementOf(timeline(await synchronous(4)));
  const lane = (role: "producer" | "consumer") => {
    const { light } = palette[role];
    const bars = [...svg.querySelectorAll(`svg svg g[fill="${light}"] rect, svg svg rect[fill="${light}"]`)];
    const dots = svg.querySelector(`svg svg g[fill="${light}"][stroke="${palette.paper.light}"]`);
    const [, down] = dots.getAttribute("transform").split(/[,)]/);
    const number = (element: { getAttribute(name: string): string }, name: string) =>
      Number(element.getAttribute(name));
    const y = bars.map((bar) => number(bar, "y"));
    return {
      bars,
      top: Math.min(...y),
      bottom: y[0] + number(bars[0], "height"),
      line: Number(down) + number(dots.querySelector("circle"), "cy"),
    };
  };
  const [producer, consumer] = [lane("producer"), lane("consumer")];
  assert.deepEqual([producer.bars.length, consumer.bars.length], [1, 1]);
  assert.ok(producer.bottom <= producer.line, "the line leaves downwards, through the bar");
  assert.ok(consumer.top >= consumer.line, "the line comes from above, through the bar");
});

Deno.test("timeline() lists in its legend the roles that sleep and those that block the thread", async () => {
  const legend = (run: Run, sleeps?: string) =>
    [...elementOf(timeline(run, { sleeps })).querySelectorAll("text")].map(({ textContent }) => textContent)
      .filter((text) => /sleeps|blocks|loads/.test(text));
  assert.deepEqual(legend(await asynchronous()), ["producer sleeps", "consumer sleeps"]);
  assert.deepEqual(legend(await synchronous()), [
    "producer blocks the thread",
    "consumer blocks the thread",
  ]);
  const pages = await experiment("pages", { quiet: true, plain: true }, async () => {
    lane("page 1");
    await new Promise((done) => setTimeout(done, 1000));
  });
  assert.deepEqual(legend(pages), ["a task sleeps"]);
  assert.deepEqual(legend(pages, "a page loads"), ["a page loads"]);
});

Deno.test('timeline() calls a run without a name "The run"', async () => {
  assert.match(String(timeline(await experiment("", { quiet: true }, () => {}))), /^The run: 0\.0 s/);
});

Deno.test("timeline() draws a line at the predicted total, and explains it", async () => {
  const svg = elementOf(timeline(await asynchronous(), { predicted: predict(2) }));
  assert.equal(svg.querySelectorAll(`[stroke="${palette.text.light}"][stroke-dasharray="1,4"]`).length, 2);
  const texts = [...svg.querySelectorAll("text")].map(({ textContent }) => textContent);
  assert.ok(texts.includes("you predicted 2.0 s"));
  assert.match(svg.querySelector("desc").textContent, /Predicted: 2\.0 s\.$/);
});

Deno.test("timeline() draws the lines of the first and the last item bold", async () => {
  const svg = elementOf(timeline(await synchronous(6)));
  const strong = `[stroke="${palette.text.light}"][stroke-width="2"]`;
  assert.equal(svg.querySelectorAll(`svg svg g${strong} path`).length, 2);
});

Deno.test("timeline() explains waits by dots, as the lane has them", async () => {
  const svg = elementOf(timeline(await asynchronous()));
  const waits = [...svg.querySelectorAll(`[stroke="${palette.quiet.light}"][stroke-linecap="round"]`)];
  assert.ok(waits.length >= 2);
  for (const element of waits) assert.equal(element.getAttribute("stroke-dasharray"), "1,4");
});

Deno.test("waterfall() says how long each way took, and how many requests were refused", () => {
  const rows = Array.from({ length: 40 }, (_, i) => ({ start: 0, end: i / 100, ok: i < 30 }));
  const svg = elementOf(waterfall({ all: rows, none: [] }));
  assert.equal(svg.querySelector("title").textContent, "all: 0.39 s, 10 refused; none: 0.00 s");
  assert.equal(
    svg.querySelector("desc").textContent,
    "all: 40 requests in 0.39 s, 10 refused; none: 0 requests in 0.00 s.",
  );
  const bars = (ink: Ink) => svg.querySelectorAll(`line[stroke="${ink.light}"]`).length;
  assert.deepEqual([bars(palette.consumer), bars(palette.bound)], [30, 10]);
});

Deno.test("waterfall() refuses a promise, and asks for a list", () => {
  const promise = Promise.resolve([]) as never;
  assert.throws(() => waterfall({ all: promise }), /Cannot draw a promise as "all": give a list of requests/);
});

Deno.test("compare() names the longest and the shortest run", async () => {
  const finding = compare([await synchronous(), await asynchronous()]).toString().split("\n")[0];
  assert.equal(finding, "From 4.5 s (synchronous) down to 3.0 s (async)");
});

Deno.test("compare() and waterfall() shorten names that their margins have no room for", async () => {
  const name = "a run with quite a long name, really";
  assert.match(svgOf(compare([await asynchronous(3, name)])), />a run with quite a lo…ally</);
  assert.match(svgOf(waterfall({ [name]: [{ start: 0, end: 1, ok: true }] })), />a run with …ally</);
});

Deno.test("a long title is broken into lines that stay within the picture", async () => {
  const run = await asynchronous(3, "a name that makes the title longer than one line");
  const lines = [...elementOf(timeline(run)).querySelectorAll('[font-size="17"]')].map((it) =>
    it.textContent
  );
  assert.deepEqual(lines, [
    "A name that makes the title longer than one line: 3.0 s, no schedule of",
    "these tasks is shorter",
  ]);
});

Deno.test("curves() labels the ticks between whole numbers where there are no others", () => {
  const labels = (...at: number[]) =>
    svgOf(curves({ row: at.map((x) => [x, 50] as const) })).match(/(?<=>)[\d.]+k?(?=<)/g)!;
  assert.deepEqual(labels(0.9, 1.1).filter((it) => it.startsWith("1.")), [
    "1.00",
    "1.02",
    "1.04",
    "1.06",
    "1.08",
    "1.10",
  ]);
  assert.ok(!String(labels(1, 2, 3)).includes("1.5"));
});

Deno.test("timeline() draws the first and the last item's line bold only if the thread is blocked", async () => {
  const bold = (run: Run) =>
    elementOf(timeline(run)).querySelectorAll(`g[stroke="${palette.text.light}"] path`).length;
  assert.equal(bold(await synchronous()), 2);
  assert.equal(bold(await asynchronous()), 0);
});

/** A run of producers with `items` items each, and a consumer. */
function producing(producers: number, items: number): Promise<Run> {
  return experiment("many", { quiet: true }, async () => {
    const loop = new EventLoop();
    const data = new Queue<Item>();
    const tasks = Array.from({ length: producers }, () => loop.createTask(produce, items, data));
    await loop.runUntilComplete(gather(...tasks, loop.createTask(consume, producers * items, data)));
  });
}

for (const [producers, items] of [[2, 50_000], [100, 200], [1_000, 20]]) {
  Deno.test(`timeline() takes less than 200 kB: ${producers} producers of ${items} items`, async () => {
    const svg = svgOf(timeline(await producing(producers, items)));
    assert.ok(svg.length < 200_000, `${svg.length} bytes`);
    assert.equal(svg.includes(`Of ${producers + 1} lanes, 13 are drawn.`), producers > 12);
  });
}

Deno.test("timeline() draws stretches too close to tell apart as one, without a gap", async () => {
  const svg = elementOf(timeline(await producing(1, 20_000)));
  const bars = [...svg.querySelectorAll(`svg svg rect[fill="${palette.producerPale.light}"]`)];
  assert.ok(bars.length > 0 && bars.length < 600);
  const drawn = bars.reduce((sum, bar) => sum + Number(bar.getAttribute("width")), 0);
  assert.ok(drawn > 550, `${drawn} of 576 are drawn`); // the producer sleeps all the time
});

Deno.test("a plot has no style sheet: only the page knows whether it is dark", async () => {
  assert.doesNotMatch(svgOf(timeline(await asynchronous())), /<style|class=/);
});

Deno.test("timeline() and steps() of a program without items do not mention items", async () => {
  const run = await experiment("naps", { quiet: true }, () => {
    const loop = new EventLoop();
    return loop.runUntilComplete(loop.createTask(async function nap() {
      note("dreams");
      await sleep(2);
    }));
  });
  assert.equal(timeline(run).bundle["text/plain"].split("\n")[1], "A lane for each of nap. It took 2.0 s.");
  assert.doesNotMatch(svgOf(timeline(run)), /items|generated/);
  assert.match(svgOf(steps(run)), /dreams/);
  assert.doesNotMatch(svgOf(steps(run)), /generates|processes/);
});

Deno.test("timeline() marks where a task failed or was cancelled, and explains only marks that it has", async () => {
  const keys = (figure: Showable) =>
    [...elementOf(figure).querySelectorAll("text")].map(({ textContent }) => textContent)
      .filter((text: string) => /fails|cancelled/.test(text));
  const tidy = async (seconds: number, breaks: boolean) => {
    try {
      await sleep(seconds);
      if (breaks) throw new Error("the line went dead");
    } finally {
      await sleep(0.5);
    }
  };
  const run = await experiment("group", { quiet: true, mayFail: true }, () => {
    const loop = new EventLoop();
    const main = () =>
      taskGroup((group) => {
        for (const seconds of [4, 2]) group.createTask(tidy, seconds, seconds === 2);
        return Promise.resolve();
      });
    return loop.runUntilComplete(loop.createTask(main));
  });
  assert.deepEqual(keys(timeline(run)), ["is cancelled", "fails"]);
  assert.match(
    timeline(run).toString(),
    /Failed: main 3\.0 s, tidy \(2\) 2\.5 s\. Cancelled: tidy 2\.5 s\.$/,
  );
  const svg = elementOf(timeline(run));
  assert.equal(svg.querySelectorAll(`g[stroke="${palette.bound.light}"] path`).length, 2);
  assert.deepEqual(keys(timeline(await asynchronous())), []);
});

Deno.test("timeline() of a program without items says when each task ended, and draws no queue and no bound", async () => {
  const run = await experiment("sleepers", { quiet: true }, () => {
    const loop = new EventLoop();
    return loop.runUntilComplete(gather(loop.createTask(sleep, 2), loop.createTask(sleep, 3)));
  });
  const svg = svgOf(timeline(run));
  assert.match(svg, /It took 3\.0 s\. Ended: sleep 2\.0 s, sleep \(2\) 3\.0 s\./);
  assert.doesNotMatch(svg, /waiting|bound/);
});

Deno.test("curves() says in words what it shows, keeps its peaks, and draws no NaN", () => {
  const wave = Array.from({ length: 9_001 }, (_, i) => [i, i === 4_321 ? 50 : i % 7] as const);
  const figure = curves({ wave, few: [[0, 1], [9_000, 2.5], [9_500, NaN]], none: [] }, {
    x: "time, s",
    y: "<items>",
  });
  const svg = svgOf(figure);
  assert.match(
    figure.toString(),
    /<items>, against time, s\. wave: 50 at the most, at 4321; few: 1 at 0, 2\.5 at 9000;/,
  );
  assert.ok(svg.length < 40_000 && !svg.includes("NaN") && !svg.includes("<items>"));
});
