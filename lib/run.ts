import { printedAs } from "./printed_as.ts";
import type { Lane, Next, Role, Trace } from "./trace.ts";

/** A stretch of time in a lane, in seconds. */
export interface Span {
  start: number;
  end: number;
}

/** A lane with what it did. */
export interface LaneRow extends Lane {
  /** The stretches in which it ran. */
  slices: Span[];
  /** The stretches in which it waited, and for what. */
  waits: (Span & { for: Next })[];
  /** Seconds that it ran and slept in all. It could not have taken less. */
  busy: number;
}

/** A slice, among all slices of a run in order. */
export interface Step extends Span {
  lane: string;
  role: Role;
  /** The numbers of the items that were generated or processed in it. */
  items: number[];
  /** What came at its end: what the lane waits for, or its end. */
  next: Next;
  /** The time of the lane's next slice; `NaN` if there is none. */
  resumes: number;
  /** The number of items in the queues at its end. */
  waiting: number;
}

/** An item on its way. Times are in seconds, `NaN` for what did not happen. */
export interface Item {
  /** 1 for the item generated first. */
  number: number;
  producer: string;
  generated: number;
  consumer: string;
  processed: number;
  latency: number;
}

/** Latencies in seconds, over all items processed; `NaN` if there are none. */
export interface Latency {
  first: number;
  best: number;
  mean: number;
  max: number;
}

/** All that is known of one run, as {@linkcode experiment} returns it. Times are in seconds. */
export class Run {
  /** The name that the experiment was given. */
  readonly name: string;
  readonly speed: number;
  readonly seed: number;
  /** Seconds that it took. */
  readonly total: number;
  /** True if it was stopped before its end. */
  readonly stopped: boolean;
  /** The error with which it failed, if it did. */
  readonly error?: string;
  readonly #trace: Trace;
  #bound: number | undefined;

  constructor(facts: Pick<Run, "name" | "speed" | "seed" | "total" | "stopped" | "error">, trace: Trace) {
    this.name = facts.name;
    this.speed = facts.speed;
    this.seed = facts.seed;
    this.total = facts.total;
    this.stopped = facts.stopped;
    this.error = facts.error;
    this.#trace = trace;
  }

  /** The number of items generated. */
  get generated(): number {
    return this.#trace.generated.time.length;
  }

  /** The number of items processed. */
  get processed(): number {
    return this.#trace.processed.time.length;
  }

  /** The number of items processed whose value was undefined: a promise that nobody awaited, most often. */
  get hollow(): number {
    return this.#trace.hollow;
  }

  /** The latency of the first item, and the best, the mean and the longest of all. */
  get latency(): Latency {
    const latency = this.#trace.processed.latency.numbers;
    let [sum, best, max] = latency.length > 0 ? [0, Infinity, -Infinity] : [NaN, NaN, NaN];
    for (const seconds of latency) {
      sum += seconds;
      best = Math.min(best, seconds);
      max = Math.max(max, seconds);
    }
    return { first: latency[0] ?? NaN, best, mean: sum / latency.length, max };
  }

  /** The items, in the order in which they were generated. The queue is first in, first out, and so is this. */
  get items(): Item[] {
    const { lanes, generated, processed } = this.#trace;
    const [producer, made] = [generated.lane.numbers, generated.time.numbers];
    const [consumer, used] = [processed.lane.numbers, processed.time.numbers];
    const latency = processed.latency.numbers;
    return Array.from({ length: Math.max(made.length, used.length) }, (_, i) => ({
      number: i + 1,
      producer: lanes[producer[i]]?.name ?? "",
      generated: made[i] ?? NaN,
      consumer: lanes[consumer[i]]?.name ?? "",
      processed: used[i] ?? NaN,
      latency: latency[i] ?? NaN,
    }));
  }

  /** The tasks, with what each of them did when. */
  get lanes(): LaneRow[] {
    const busy = this.#busy();
    const rows = this.#trace.lanes.map((lane, i): LaneRow => ({
      ...lane,
      slices: [],
      waits: [],
      busy: busy[i],
    }));
    this.eachStretch((lane, start, end, waitsFor) => {
      if (waitsFor) rows[lane].waits.push({ start, end, for: waitsFor });
      else rows[lane].slices.push({ start, end });
    });
    return rows;
  }

  /**
   * Calls back for each stretch in which a lane ran, or waited for something: in order, and without a row for each, of which
   * a long run has millions.
   *
   * @returns the lanes, in the order of their numbers
   */
  eachStretch(
    callback: (lane: number, start: number, end: number, waitsFor?: Next) => void,
  ): readonly Lane[] {
    const { lanes } = this.#trace;
    const ended: number[] = [];
    const last: Next[] = lanes.map(() => "end");
    const wait = (lane: number, until: number) => {
      if (last[lane] !== "end") callback(lane, ended[lane], until, last[lane]);
    };
    this.#trace.eachSlice((lane, start, end, next) => {
      wait(lane, start);
      callback(lane, start, end);
      ended[lane] = end;
      last[lane] = next;
    });
    lanes.forEach((_, lane) => wait(lane, this.total)); // what it still waited for at the end of the run
    return lanes;
  }

  /** The slices of all lanes, in the order in which they ran. */
  get steps(): Step[] {
    const { lanes, generated, processed, waiting } = this.#trace;
    const waits = waiting.numbers;
    const steps: Step[] = [];
    const last = new Map<number, Step>();
    this.#trace.eachSlice((lane, start, end, next) => {
      const { name, role } = lanes[lane];
      const step = {
        lane: name,
        role,
        start,
        end,
        next,
        items: [],
        resumes: NaN,
        waiting: waits[steps.length],
      };
      const before = last.get(lane);
      if (before) before.resumes = start;
      last.set(lane, step);
      steps.push(step);
    });
    for (const { slice } of [generated, processed]) {
      slice.numbers.forEach((at, i) => steps[at]?.items.push(i + 1));
    }
    return steps;
  }

  /** The number of items that waited to be processed, at each time at which it changed. */
  get depth(): { time: number; size: number }[] {
    const { time, size } = this.#trace.depth;
    if (time.length === 0) return this.#depthByMarks();
    const sizes = size.numbers;
    return Array.from(time.numbers, (time, i) => ({ time, size: sizes[i] }));
  }

  /**
   * The shortest time, in seconds, that any schedule could have taken: no task can be done before it has run and slept for
   * as long as it does in all.
   */
  get bound(): number {
    return this.#bound ??= this.#busy().reduce((most, busy) => Math.max(most, busy), 0);
  }

  /** The sentence that a notebook prints. */
  toString(): string {
    const items = `${this.processed} ${this.processed === 1 ? "item" : "items"}`;
    return `Run "${this.name}": ${items} in ${this.total.toFixed(2)} s${this.stopped ? ", stopped" : ""}`;
  }

  /** Seconds that each lane ran and slept. */
  #busy(): number[] {
    const busy = this.#trace.lanes.map(() => 0);
    const asleepSince: (number | undefined)[] = [];
    this.#trace.eachSlice((lane, start, end, next) => {
      busy[lane] += end - (asleepSince[lane] ?? start);
      asleepSince[lane] = next === "sleep" ? end : undefined;
    });
    return busy;
  }

  /** The depth of a program that keeps its items in a plain list: nothing counts them but the marks. */
  #depthByMarks(): { time: number; size: number }[] {
    const { generated, processed } = this.#trace;
    const sizes = new Map<number, number>();
    const changes = [
      ...Array.from(generated.time.numbers, (time) => [time, 1]),
      ...Array.from(processed.time.numbers, (time) => [time, -1]),
    ].sort(([a], [b]) => a - b);
    let size = 0;
    for (const [time, change] of changes) sizes.set(time, size += change);
    return Array.from(sizes, ([time, size]) => ({ time, size }));
  }
}

printedAs(Run.prototype, String);
