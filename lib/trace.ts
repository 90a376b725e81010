import type { Clock } from "./clock.ts";
import { type Callable, currentLoop, type Instrument, type Kind, type Task } from "./loop.ts";
import { captureCaller, type Stack, stackOf } from "./place.ts";

/** The work of a lane in all: it generated items, processed them, or neither. */
export type Role = typeof ROLES[number];
export const ROLES = ["producer", "consumer", "other"] as const;

/** One task; or, in a program without tasks, one stretch of it that generates or processes items. */
export type Lane = { name: string; role: Role };

/** The event at the end of a slice: what the task waits for, or its end. */
export type Next = Kind | "end";

const NEXT: Next[] = ["end", "sleep", "get", "put", "external", "gather", "task", "acquire", "timeout"];

/** A slice, by its number among all slices and that of its lane. Times are in seconds. */
export type Slice = { index: number; lane: number; start: number; end: number; next: Next };

/** The first and the last item of a queue, by the order in which they were put in; none where the first is greater. */
export type Queued = readonly [first: number, last: number];

/** More about a slice: of the first ones, since a long run has no room for it, and of those with a note. */
export interface Moment {
  /** The call at which the lane stood at its end. */
  stack?: Stack;
  /** The names of the tasks in the ready queue then, in order; undefined where no loop of ours runs. */
  ready?: string[];
  /** The contents of each queue then. */
  queues?: Queued[];
  /** The lines that were printed in it, and before it outside of any. */
  printed?: string[];
  /** Words of the program on it. */
  note?: string;
}

/** Observes an experiment: its loops, and the items that its program speaks of. */
export interface ItemInstrument extends Instrument {
  /** The program said that it generated its item number `idx`. */
  itemGenerated?(idx: number): void;

  /** The program said that it processed an item that had waited for `latency` seconds. */
  itemProcessed?(value: unknown, latency: number): void;
}

/** The number of slices for which a {@linkcode Moment} is kept, and of tasks in a ready queue. */
const MOST = { moments: 300, ready: 20 };

/**
 * Records what happens in an experiment.
 *
 * It is written millions of times and read once: hence plain numbers, in columns. {@linkcode Run} makes rows of them.
 */
export class Trace implements ItemInstrument {
  readonly lanes: Lane[] = [];
  /** One entry for each call of `generated`. */
  readonly generated = marks();
  /** One entry for each call of `processed`. */
  readonly processed = { ...marks(), latency: new Column(Float64Array) };
  /** The moments at which tasks failed, or were cancelled, by the numbers of their lanes. */
  readonly breaks: { lane: number; time: number; kind: "fails" | "cancelled" }[] = [];
  /** The number of values processed that were undefined: nobody had awaited them. */
  hollow = 0;
  /** One entry for each slice: the number of items in the queues at its end. */
  readonly waiting = new Column(Uint32Array);
  /** One entry for each instant at which queues changed: the number of items in them at its end. */
  readonly depth = { time: new Column(Float64Array), size: new Column(Uint32Array) };
  /** The moments, by the numbers of their slices. */
  readonly moments: Moment[] = [];
  /** The lane of what runs outside of any task; in a program of plain promises, each async function has its own. */
  outside: { lane?: number } = {};
  /** The lane that ran last on a loop which is not ours; see {@linkcode traced}. */
  ownLane?: number;
  readonly #codes = new Column(Uint32Array); // of each slice: its lane, and what came next
  readonly #starts = new Column(Float64Array);
  readonly #ends = new Map<number, number>(); // of the few slices that took time
  readonly #laneOf = new Map<Task, number>();
  readonly #queues = new Map<object, Queued>(); // as long as moments are kept
  #size = 0;
  #program: number | undefined; // the lane of what blocks the thread outside of any other

  constructor(readonly clock: Clock, readonly uniqueName: (name: string) => string) {}

  /** Calls back for each slice, in order, with the slice before it in its lane. Returns the last one of each lane. */
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
   * Calls back for each stretch in which a lane ran, or waited for something until `total` at the most: in order, and without
   * a row for each, of which a long run has millions.
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

  /** Called when `by` has blocked the thread. In a task, this is a part of its slice. */
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

  /** Adds words to the slice that runs. */
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

  /** The moment of the slice that runs. */
  get #moment(): Moment {
    return this.moments[this.#codes.length] ??= {};
  }

  /** Captures the line that called `by`, as long as there is room for it. */
  captureCaller(by: Callable): Stack | undefined {
    return this.#keepsMoments ? captureCaller(by) : undefined;
  }

  /** Adds a slice of a lane, given by its number, with the call at which the lane stands. */
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
   * The lane of what runs now. A program without tasks has one for each role, and a new one whenever a producer counts
   * from 1 again.
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
    let lane = this.#laneOf.get(task);
    if (lane === undefined) {
      lane = this.lanes.push({ name: task.name, role: "other" }) - 1;
      this.#laneOf.set(task, lane);
    }
    return lane;
  }

  /** Adds a lane, with a name of its own, and returns its number. */
  addLane(name: string, role: Role = "other"): number {
    return this.lanes.push({ name: this.uniqueName(name), role }) - 1;
  }
}

/** Columns for the marks of items: where each was left, and when. */
function marks() {
  return { lane: new Column(Uint32Array), time: new Column(Float64Array), slice: new Column(Uint32Array) };
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
