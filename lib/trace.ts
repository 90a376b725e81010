import type { Clock } from "./clock.ts";
import { type Callable, currentLoop, type Instrument, type Kind, type Task } from "./loop.ts";
import { captureCaller, type Stack, stackOf } from "./place.ts";
import { uniqueName } from "./words.ts";

/** The work of a lane: it generates items, processes them, or neither. */
export type Role = typeof ROLES[number];
export const ROLES = ["producer", "consumer", "other"] as const;

/** A task; or, in a program without tasks, a part that generates or processes items. */
export type Lane = { name: string; role: Role };

/** The kind of call that a lane waits for at the end of a slice, or its end. */
export type Next = Kind | "end";

const NEXT: Next[] = ["end", "sleep", "get", "put", "external", "gather", "task", "acquire", "timeout"];

/** A slice, with its number among all slices and the number of its lane. Times are in seconds. */
export type Slice = { index: number; lane: number; start: number; end: number; next: Next };

/** The first and the last item in a queue, numbered as they were put in; it is empty if the first is greater. */
export type Queued = readonly [first: number, last: number];

/** Details of a slice, kept for the first ones, as memory is limited, and for those with a note. */
export interface Moment {
  /** The call that the lane waits for at its end. */
  stack?: Stack;
  /** The names of the tasks in the ready queue then, in order; undefined if no `EventLoop` runs. */
  ready?: string[];
  /** The contents of each queue then. */
  queues?: Queued[];
  /** The lines printed since the end of the slice before it. */
  printed?: string[];
  /** The program's own words on it; see {@linkcode note}. */
  note?: string;
}

/** Observes an experiment: its loops, and the items that its program marks. */
export interface ItemInstrument extends Instrument {
  /** The program marked its item number `idx` as generated. */
  itemGenerated?(idx: number): void;

  /** The program marked an item as processed, after it had waited for `latency` seconds. */
  itemProcessed?(value: unknown, latency: number): void;
}

/** The most slices for which a {@linkcode Moment} is kept, and the most tasks of a ready queue in it. */
const MOST = { moments: 300, ready: 20 };

/**
 * Records what happens in an experiment.
 *
 * It is written millions of times and read once, so it keeps plain numbers in columns. {@linkcode Run} makes rows of them.
 */
export class Trace implements ItemInstrument {
  readonly lanes: Lane[] = [];
  /** One entry for each call of `generated`. */
  readonly generated = marks();
  /** One entry for each call of `processed`. */
  readonly processed = { ...marks(), latency: new Column(Float64Array) };
  /** The times at which tasks failed or were cancelled, with the numbers of their lanes. */
  readonly breaks: { lane: number; time: number; kind: "fails" | "cancelled" }[] = [];
  /** The number of values processed that were undefined, for lack of an `await`. */
  hollow = 0;
  /** One entry for each slice: the number of items in the queues at its end. */
  readonly waiting = new Column(Uint32Array);
  /** One entry for each instant at which queues changed: the number of items in them at its end. */
  readonly depth = { time: new Column(Float64Array), size: new Column(Uint32Array) };
  /** The details of slices, by the numbers of these. */
  readonly moments: Moment[] = [];
  /** The lane of the code outside of tasks; in a program of plain promises, each async function can have its own. */
  outside: { lane?: number } = {};
  /** The lane that ran last in a loop of the learner's own; see {@linkcode traced}. */
  ownLane?: number;
  readonly #codes = new Column(Uint32Array); // of each slice: its lane, and what it waits for then
  readonly #starts = new Column(Float64Array);
  readonly #ends = new Map<number, number>(); // only of slices that took time
  readonly #laneOf = new Map<Task, number>();
  readonly #queues = new Map<object, Queued>(); // while moments are kept
  #size = 0;
  #program: number | undefined; // the lane of code that blocks the thread outside of any other

  constructor(readonly clock: Clock, readonly names: Map<string, number>) {}

  /** Calls back for each slice, in order, with the slice before it in its lane. Returns the last slice of each lane. */
  eachSlice(callback: (slice: Slice, before: Slice | undefined) => void): Slice[] {
    const starts = this.#starts.numbers;
    const last: Slice[] = [];
    this.#codes.numbers.forEach((code, index) => {
      const [lane, start] = [Math.floor(code / 16), starts[index]];
      const slice = { index, lane, start, end: this.#ends.get(index) ?? start, next: NEXT[code % 16] };
      callback(slice, last[lane]);
      last[lane] = slice;
    });
    return last;
  }

  /**
   * Calls back for each stretch of time in which a lane ran, or waited for something, at most until `total`. It creates no
   * array of them: a long run has millions.
   */
  eachStretch(total: number, callback: (lane: number, start: number, end: number, waitsFor?: Next) => void) {
    const last = this.eachSlice(({ lane, start, end }, before) => {
      if (before && before.next !== "end") callback(lane, before.end, start, before.next);
      callback(lane, start, end);
    });
    last.forEach(({ lane, end, next }) => {
      if (next !== "end") callback(lane, end, total, next); // it still waited at the end of the run
    });
  }

  sliceEnded(task: Task, start: number, end: number): void {
    const future = task.waitsFor.at(-1);
    const next = task.done ? "end" : future?.kind ?? "end";
    const stack = this.#keepsMoments ? stackOf(future) : undefined;
    this.addSlice(this.#laneOfTask(task), start, end, next, stack);
  }

  taskDone(task: Task): void {
    if (task.outcome?.ok === false && !task.cancelled) this.#keepBreak(task, "fails");
  }

  taskCancelled(task: Task): void {
    this.#keepBreak(task, "cancelled");
  }

  queueChanged(change: number, queue: object): void {
    if (this.#keepsMoments) {
      const [first, last] = this.#queues.get(queue) ?? [1, 0];
      this.#queues.set(queue, change < 0 ? [first - change, last] : [first, last + change]);
    }
    const { time, size } = this.depth;
    const now = this.clock.now();
    if (now === time.at(time.length - 1)) size.length--;
    else time.push(now);
    size.push(this.#size += change);
  }

  /** Called when `by` has blocked the thread. In a task, that is a part of its slice. */
  blocked(start: number, end: number, by: Callable): void {
    if (currentLoop() || this.ownLane !== undefined) return;
    const lane = this.outside.lane ?? (this.#program ??= this.addLane("program"));
    this.addSlice(lane, start, end, "end", this.captureCaller(by));
  }

  itemGenerated(idx: number): void {
    this.#mark(this.generated, "producer", idx === 1);
  }

  itemProcessed(value: unknown, latency: number): void {
    if (value === undefined) this.hollow++;
    this.#mark(this.processed, "consumer", false);
    this.processed.latency.push(latency);
  }

  /** Adds words to the current slice. */
  note(words: string): void {
    this.#moment.note = [this.#moment.note ?? [], words].flat().join(", ");
  }

  /** Called when a line is printed. */
  printed(line: string): void {
    if (this.#keepsMoments) (this.#moment.printed ??= []).push(line);
  }

  #keepBreak(task: Task, kind: "fails" | "cancelled"): void {
    this.breaks.push({ lane: this.#laneOfTask(task), time: this.clock.now(), kind });
  }

  get #keepsMoments(): boolean {
    return this.#codes.length < MOST.moments;
  }

  /** The moment of the current slice. */
  get #moment(): Moment {
    return this.moments[this.#codes.length] ??= {};
  }

  /** Captures the line that called `by`, while moments are kept. */
  captureCaller(by: Callable): Stack | undefined {
    return this.#keepsMoments ? captureCaller(by) : undefined;
  }

  /** Adds a slice of lane number `lane`, with the stack of the call that it waits for. */
  addSlice(lane: number, start: number, end: number, next: Next, stack?: Stack): void {
    if (this.#keepsMoments) {
      const ready = currentLoop()?.ready.slice(0, MOST.ready).map(({ name }) => name);
      Object.assign(this.#moment, { stack, ready, queues: [...this.#queues.values()] });
    }
    if (end !== start) this.#ends.set(this.#codes.length, end);
    this.#codes.push(16 * lane + NEXT.indexOf(next));
    this.#starts.push(start);
    this.waiting.push(this.#size);
  }

  #mark({ lane, time, slice }: ReturnType<typeof marks>, role: Role, isNew: boolean): void {
    lane.push(this.#lane(role, isNew));
    time.push(this.clock.now());
    slice.push(this.#codes.length);
  }

  /**
   * Returns the lane of the code that runs now. A program without tasks has a lane for each role, and a new one whenever a
   * producer counts from 1 again.
   */
  #lane(role: Role, isNew: boolean): number {
    const task = currentLoop()?.current;
    const own = task ? this.#laneOfTask(task) : this.ownLane;
    if (own !== undefined) {
      this.lanes[own].role = role;
      return own;
    }
    let lane = this.outside.lane ?? -1;
    if (this.lanes[lane]?.role !== role) lane = this.lanes.findLastIndex((it) => it.role === role);
    if (lane < 0 || isNew) lane = this.addLane(role, role);
    return this.outside.lane = lane;
  }

  #laneOfTask(task: Task): number {
    const known = this.#laneOf.get(task);
    if (known !== undefined) return known;
    const lane = this.lanes.push({ name: task.name, role: "other" }) - 1;
    this.#laneOf.set(task, lane);
    return lane;
  }

  /** Adds a lane, with a unique name, and returns its number. */
  addLane(name: string, role: Role = "other"): number {
    return this.lanes.push({ name: uniqueName(name, this.names), role }) - 1;
  }
}

/** Creates columns for the marks of items: the lane, the time and the slice of each. */
function marks() {
  return { lane: new Column(Uint32Array), time: new Column(Float64Array), slice: new Column(Uint32Array) };
}

/** A typed array that grows. A plain array is slower, and needs eight bytes for each number. */
export class Column<Numbers extends Float64Array | Uint32Array> {
  #numbers: Numbers;
  length = 0;

  constructor(readonly type: new (length: number) => Numbers) {
    this.#numbers = new type(1024);
  }

  /** All numbers, without a copy. */
  get numbers(): Numbers {
    return this.#numbers.subarray(0, this.length) as Numbers;
  }

  /** Returns the number at `index`; `NaN` if there is none. */
  at(index: number): number {
    return index < this.length ? this.#numbers[index] : NaN;
  }

  push(number: number): void {
    if (this.length === this.#numbers.length) {
      const shorter = this.#numbers;
      this.#numbers = new this.type(2 * this.length);
      this.#numbers.set(shorter);
    }
    this.#numbers[this.length++] = number;
  }
}
