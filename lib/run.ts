import { printedAs } from "./printed_as.ts";
import type { Lane, Next, Trace } from "./trace.ts";

/** A stretch of time in a lane, in seconds. */
export interface Span {
  start: number;
  end: number;
}

/** A lane with what it did. */
export interface LaneRow extends Lane {
  /** When it ran. */
  slices: Span[];
  /** When it waited, and for what. */
  waits: (Span & { for: Next })[];
  /** For how long it ran and slept in all, in seconds: less time it could never have taken. */
  busy: number;
}

/** An item on its way; times in seconds, `NaN` where it never came so far. */
export interface Item {
  /** 1 for the item made first. */
  number: number;
  producer: string;
  generated: number;
  consumer: string;
  processed: number;
  latency: number;
}

/** Latencies in seconds, over all items processed; `NaN` where there are none. */
export interface Latency {
  first: number;
  best: number;
  mean: number;
  max: number;
}

/** What {@linkcode experiment} returns: all that can be told of one run. Times are in seconds. */
export class Run {
  /** The name it was given. */
  readonly name: string;
  readonly speed: number;
  readonly seed: number;
  /** How long it took. */
  readonly total: number;
  /** Whether it was stopped before its end. */
  readonly stopped: boolean;
  readonly #trace: Trace;

  constructor(facts: Pick<Run, "name" | "speed" | "seed" | "total" | "stopped">, trace: Trace) {
    this.name = facts.name;
    this.speed = facts.speed;
    this.seed = facts.seed;
    this.total = facts.total;
    this.stopped = facts.stopped;
    this.#trace = trace;
  }

  /** How many items were made. */
  get generated(): number {
    return this.#trace.generated.time.length;
  }

  /** How many items were processed. */
  get processed(): number {
    return this.#trace.processed.time.length;
  }

  /** How long items waited: that of the first, the best, the mean and the longest. */
  get latency(): Latency {
    const { latency } = this.#trace.processed;
    if (latency.length === 0) return { first: NaN, best: NaN, mean: NaN, max: NaN };
    const sum = latency.reduce((sum, seconds) => sum + seconds, 0);
    const best = latency.reduce((a, b) => Math.min(a, b));
    const max = latency.reduce((a, b) => Math.max(a, b));
    return { first: latency[0], best, mean: sum / latency.length, max };
  }

  /** The items, in the order in which they were made. The queue is first in, first out, and so is this. */
  get items(): Item[] {
    const { lanes, generated, processed } = this.#trace;
    return Array.from({ length: Math.max(this.generated, this.processed) }, (_, i) => ({
      number: i + 1,
      producer: lanes[generated.lane[i]]?.name ?? "",
      generated: generated.time[i] ?? NaN,
      consumer: lanes[processed.lane[i]]?.name ?? "",
      processed: processed.time[i] ?? NaN,
      latency: processed.latency[i] ?? NaN,
    }));
  }

  /** The tasks, with what each of them did when. */
  get lanes(): LaneRow[] {
    const { lanes, slices } = this.#trace;
    const busy = this.#busy();
    const rows: LaneRow[] = lanes.map((lane, i) => ({ ...lane, slices: [], waits: [], busy: busy[i] }));
    const next: Next[] = [];
    for (let i = 0; i < slices.lane.length; i++) {
      const lane = slices.lane[i];
      const [start, end] = [slices.start[i], slices.end[i]];
      const last = rows[lane].slices.at(-1);
      if (last && next[lane] !== "end") {
        rows[lane].waits.push({ start: last.end, end: start, for: next[lane] });
      }
      rows[lane].slices.push({ start, end });
      next[lane] = slices.next[i];
    }
    for (const [lane, row] of rows.entries()) { // what it still waited for when the run was over
      const last = row.slices.at(-1);
      if (last && next[lane] !== "end") row.waits.push({ start: last.end, end: this.total, for: next[lane] });
    }
    return rows;
  }

  /** How many items waited to be processed, at each time at which that changed. */
  get depth(): { time: number; size: number }[] {
    const { depth } = this.#trace;
    if (depth.time.length > 0) return depth.time.map((time, i) => ({ time, size: depth.size[i] }));
    return this.#depthByMarks();
  }

  /**
   * The shortest time in which any schedule could have done it, in seconds: no task can be done before it has run
   * and slept for as long as it does in all.
   */
  get bound(): number {
    return this.#busy().reduce((most, busy) => Math.max(most, busy), 0);
  }

  /** What a notebook prints of it. */
  toString(): string {
    const items = `${this.processed} ${this.processed === 1 ? "item" : "items"}`;
    return `Run "${this.name}": ${items} in ${this.total.toFixed(2)} s${this.stopped ? ", stopped" : ""}`;
  }

  /** For how long each lane ran and slept. */
  #busy(): number[] {
    const { lanes, slices } = this.#trace;
    const busy = lanes.map(() => 0);
    const asleepSince = lanes.map((): number | undefined => undefined);
    for (let i = 0; i < slices.lane.length; i++) {
      const lane = slices.lane[i];
      busy[lane] += slices.end[i] - (asleepSince[lane] ?? slices.start[i]);
      asleepSince[lane] = slices.next[i] === "sleep" ? slices.end[i] : undefined;
    }
    return busy;
  }

  /** In a program that keeps its items in a plain list, nobody counts them but the marks. */
  #depthByMarks(): { time: number; size: number }[] {
    const { generated, processed } = this.#trace;
    const changes = [
      ...generated.time.map((time) => ({ time, change: 1 })),
      ...processed.time.map((time) => ({ time, change: -1 })),
    ].sort((a, b) => a.time - b.time);
    const depth: { time: number; size: number }[] = [];
    let size = 0;
    for (const { time, change } of changes) {
      size += change;
      if (depth.at(-1)?.time === time) depth.at(-1)!.size = size;
      else depth.push({ time, size });
    }
    return depth;
  }
}

printedAs(Run.prototype, String);
