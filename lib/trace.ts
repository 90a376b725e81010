import type { Clock } from "./clock.ts";
import { currentLoop, type Instrument, type Kind, type Task } from "./loop.ts";

/** What a lane did in all: it generated items, processed them, or neither. */
export type Role = "producer" | "consumer" | "other";

/** One task; or, in a program without tasks, one stretch of it that generates or processes items. */
export interface Lane {
  name: string;
  role: Role;
}

/** What came at the end of a slice: what the task waits for, or its end. */
export type Next = Kind | "end";

const NEXT: Next[] = ["end", "sleep", "get", "put", "external", "gather", "task"];

/**
 * Records what happens in an experiment.
 *
 * It is written millions of times and read once: hence plain numbers, in columns. {@linkcode Run} makes rows of them.
 */
export class Trace implements Instrument {
  readonly lanes: Lane[] = [];
  /** One entry for each call of `generated`. */
  readonly generated = {
    lane: new Column(Uint32Array),
    time: new Column(Float64Array),
    slice: new Column(Uint32Array),
  };
  /** One entry for each call of `processed`. */
  readonly processed = {
    lane: new Column(Uint32Array),
    time: new Column(Float64Array),
    latency: new Column(Float64Array),
    slice: new Column(Uint32Array),
  };
  /** The number of values processed that were undefined: nobody had awaited them. */
  hollow = 0;
  /** One entry for each slice: the number of items in the queues at its end. */
  readonly waiting = new Column(Uint32Array);
  /** One entry for each instant at which queues changed: the number of items in them at its end. */
  readonly depth = { time: new Column(Float64Array), size: new Column(Uint32Array) };
  readonly #slices = {
    code: new Column(Uint32Array), // lane and what came next
    start: new Column(Float64Array),
  };
  readonly #ends = new Map<number, number>(); // of the few slices that took time
  /** The lane of a program of plain promises that runs now, and a way to enter one. */
  plain?: { get(): number | undefined; enter(lane: number): void };
  readonly #plainNext = new Map<number, Next>(); // of the lanes that ran in this turn of the engine
  readonly #laneOf = new Map<Task, number>();
  readonly #clock: Clock;
  #lastTask: Task | undefined;
  #lastLane = 0;
  #size = 0;
  #sizeTime = NaN;
  #outside: number | undefined; // the lane of what runs outside of any task

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls back for each slice, in order. */
  eachSlice(callback: (lane: number, start: number, end: number, next: Next) => void): void {
    const starts = this.#slices.start.numbers;
    this.#slices.code.numbers.forEach((code, i) => {
      callback(Math.floor(code / 8), starts[i], this.#ends.get(i) ?? starts[i], NEXT[code % 8]);
    });
  }

  sliceEnded(task: Task, start: number, end: number): void {
    this.#addSlice(
      this.#laneOfTask(task),
      start,
      end,
      task.done ? "end" : task.waitsFor.at(-1)?.kind ?? "end",
    );
  }

  queueChanged(change: number): void {
    const { time, size } = this.depth;
    const now = this.#clock.now();
    if (now !== this.#sizeTime) time.push(this.#sizeTime = now);
    else size.pop();
    size.push(this.#size += change);
  }

  /** The thread was blocked. In a task, this is a part of its slice. */
  blocked(start: number, end: number): void {
    if (!currentLoop()) {
      this.#addSlice(this.#outside ??= this.#addLane("program", "other"), start, end, "end");
    }
  }

  /** In a program of plain promises, the lane runs. */
  plainRuns(lane: number | undefined): void {
    if (lane !== undefined) this.#plainNext.set(lane, "get");
  }

  /** In a program of plain promises, the lane sets a timer. */
  plainSleeps(lane: number | undefined): void {
    if (lane !== undefined) this.#plainNext.set(lane, "sleep");
  }

  /** In a program of plain promises, all has run that could run now. */
  plainTurnEnded(): void {
    const now = this.#clock.now();
    for (const [lane, next] of this.#plainNext) this.#addSlice(lane, now, now, next);
    this.#plainNext.clear();
  }

  /** An item was generated. */
  itemGenerated(idx: number): void {
    this.generated.lane.push(this.#lane("producer", idx === 1));
    this.generated.time.push(this.#clock.now());
    this.generated.slice.push(this.#slices.code.length);
  }

  /** An item was processed. */
  itemProcessed(value: unknown, latency: number): void {
    if (value === undefined) this.hollow++;
    this.processed.lane.push(this.#lane("consumer", false));
    this.processed.time.push(this.#clock.now());
    this.processed.latency.push(latency);
    this.processed.slice.push(this.#slices.code.length);
  }

  /**
   * The lane of what runs now. A program without tasks has one for each role, and a new one whenever a producer counts
   * from 1 again.
   */
  #lane(role: Role, isNew: boolean): number {
    const task = currentLoop()?.current;
    if (task) {
      const lane = this.#laneOfTask(task);
      this.lanes[lane].role = role;
      return lane;
    }
    const mine = this.plain?.get();
    if (mine !== undefined && this.lanes[mine].role === role && !isNew) {
      this.plainRuns(mine);
      return mine;
    }
    let at = this.lanes.findLastIndex((lane) => lane.role === role);
    if (at < 0 || isNew) {
      const count = this.lanes.filter((lane) => lane.role === role).length + 1;
      at = this.#addLane(count === 1 ? role : `${role} (${count})`, role);
    }
    this.plain?.enter(at);
    if (this.plain) this.plainRuns(at);
    return this.#outside = at;
  }

  #laneOfTask(task: Task): number {
    if (task === this.#lastTask) return this.#lastLane;
    let lane = this.#laneOf.get(task);
    if (lane === undefined) this.#laneOf.set(task, lane = this.#addLane(task.name, "other"));
    this.#lastTask = task;
    return this.#lastLane = lane;
  }

  #addLane(name: string, role: Role): number {
    return this.lanes.push({ name, role }) - 1;
  }

  #addSlice(lane: number, start: number, end: number, next: Next): void {
    if (end !== start) this.#ends.set(this.#slices.code.length, end);
    this.#slices.code.push(8 * lane + NEXT.indexOf(next));
    this.#slices.start.push(start);
    this.waiting.push(this.#size);
  }
}

/** A list of numbers that grows. A plain array is slower, and has no whole numbers of four bytes. */
export class Column<Numbers extends Float64Array | Uint32Array> {
  #numbers: Numbers;
  length = 0;

  constructor(readonly type: new (length: number) => Numbers) {
    this.#numbers = new type(1024);
  }

  /** All of them, without a copy. */
  get numbers(): Numbers {
    return this.#numbers.subarray(0, this.length) as Numbers;
  }

  push(number: number): void {
    if (this.length === this.#numbers.length) {
      const shorter = this.#numbers;
      this.#numbers = new this.type(2 * this.length);
      this.#numbers.set(shorter);
    }
    this.#numbers[this.length++] = number;
  }

  pop(): void {
    this.length--;
  }
}
