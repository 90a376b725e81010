// A trace is written millions of times and read once. Hence it is kept in plain numbers; run.ts makes rows of them when
// somebody asks.
import type { Clock } from "./clock.ts";
import type { Kind } from "./future.ts";
import type { Instrument } from "./instrument.ts";
import { Rows } from "./rows.ts";
import { currentLoop } from "./running.ts";
import type { Task } from "./task.ts";

/** What a lane did in all: it made items, used them, or neither. */
export type Role = "producer" | "consumer" | "other";

/** One task; or, in a program without tasks, one stretch of the program that makes items or uses them. */
export interface Lane {
  name: string;
  role: Role;
}

/** What a task came to at the end of a slice: what it waits for, or its end. */
export type Next = Kind | "end";

const NEXT: Next[] = ["end", "sleep", "get", "put", "external", "gather", "task"];

/** Writes down what happens in an experiment. */
export class Trace implements Instrument {
  readonly lanes: Lane[] = [];
  readonly #slices = new Rows(4); // lane, start, end, what comes next
  readonly #generated = new Rows(2); // lane, time
  readonly #processed = new Rows(3); // lane, time, latency
  readonly #depth = new Rows(2); // time, how many items were in the queues at the end of that instant
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

  /** One entry for each slice. */
  get slices() {
    const [lane, start, end, next] = [0, 1, 2, 3].map((index) => this.#slices.column(index));
    return { lane, start, end, next: next.map((code) => NEXT[code]) };
  }

  /** One entry for each call of `generated`. */
  get generated() {
    return { lane: this.#generated.column(0), time: this.#generated.column(1) };
  }

  /** One entry for each call of `processed`. */
  get processed() {
    const [lane, time, latency] = [0, 1, 2].map((index) => this.#processed.column(index));
    return { lane, time, latency };
  }

  /** One entry for each instant at which queues changed: how many items were in them at its end. */
  get depth() {
    return { time: this.#depth.column(0), size: this.#depth.column(1) };
  }

  sliceEnded(task: Task, start: number, end: number): void {
    const next = task.done ? "end" : task.waitsFor.at(-1)?.kind ?? "end";
    this.#slices.add(this.#laneOfTask(task), start, end, NEXT.indexOf(next));
  }

  /** A queue has grown or shrunk by `change` items. */
  queueChanged(change: number): void {
    const time = this.#clock.now();
    if (time === this.#sizeTime) this.#depth.removeLast();
    this.#sizeTime = time;
    this.#depth.add(time, this.#size += change);
  }

  /** The thread was blocked. In a task, this is a part of its slice. */
  blocked(start: number, end: number): void {
    if (!currentLoop()) {
      const lane = this.#outside ??= this.#addLane("program", "other");
      this.#slices.add(lane, start, end, NEXT.indexOf("end"));
    }
  }

  /** An item was made. */
  markGenerated(idx: number): void {
    this.#generated.add(this.#lane("producer", idx === 1), this.#clock.now());
  }

  /** An item was used. */
  markProcessed(latency: number): void {
    this.#processed.add(this.#lane("consumer", false), this.#clock.now(), latency);
  }

  /**
   * The lane of what runs now. A program without tasks has one for each role, and where a producer counts
   * from 1 again, a new one.
   */
  #lane(role: Role, isNew: boolean): number {
    const task = currentLoop()?.current;
    if (task) {
      const lane = this.#laneOfTask(task);
      this.lanes[lane].role = role;
      return lane;
    }
    const at = this.lanes.findLastIndex((lane) => lane.role === role);
    if (at >= 0 && !isNew) return this.#outside = at;
    const count = this.lanes.filter((lane) => lane.role === role).length + 1;
    return this.#outside = this.#addLane(count === 1 ? role : `${role} (${count})`, role);
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
}
