// A trace is written millions of times and read once. Hence it is kept in columns of plain numbers, which cost
// a few nanoseconds to add to; run.ts makes rows of them when somebody asks.
import type { Clock } from "./clock.ts";
import type { Kind } from "./future.ts";
import type { Instrument } from "./instrument.ts";
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

/** Writes down what happens in an experiment. */
export class Trace implements Instrument {
  readonly lanes: Lane[] = [];
  /** One entry for each slice. */
  readonly slices = {
    lane: [] as number[],
    start: [] as number[],
    end: [] as number[],
    next: [] as Next[],
  };
  /** One entry for each call of `generated`. */
  readonly generated = { lane: [] as number[], time: [] as number[], idx: [] as number[] };
  /** One entry for each call of `processed`. */
  readonly processed = {
    lane: [] as number[],
    time: [] as number[],
    value: [] as unknown[],
    latency: [] as number[],
  };
  /** One entry for each instant at which queues changed: how many items were in them at its end. */
  readonly depth = { time: [] as number[], size: [] as number[] };

  readonly #laneOf = new Map<Task, number>();
  readonly #clock: Clock;
  #size = 0;
  #outside: number | undefined; // the lane of what runs outside of any task

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  sliceEnded(task: Task, start: number, end: number): void {
    const next = task.done ? "end" : task.waitsFor.at(-1)?.kind ?? "end";
    this.#addSlice(this.#laneOfTask(task), start, end, next);
  }

  /** A queue has grown or shrunk by `change` items. */
  queueChanged(change: number): void {
    this.#size += change;
    const time = this.#clock.now();
    const { time: times, size } = this.depth;
    if (times[times.length - 1] === time) size[size.length - 1] = this.#size;
    else {
      times.push(time);
      size.push(this.#size);
    }
  }

  /** The thread was blocked. In a task, this is a part of its slice. */
  blocked(start: number, end: number): void {
    if (!currentLoop()) {
      this.#addSlice(this.#outside ??= this.#addLane("program", "other"), start, end, "end");
    }
  }

  /** An item was made. */
  markGenerated(idx: number): void {
    const lane = this.#lane("producer", () => idx === 1);
    this.generated.lane.push(lane);
    this.generated.time.push(this.#clock.now());
    this.generated.idx.push(idx);
  }

  /** An item was used. */
  markProcessed(value: unknown, latency: number): void {
    this.processed.lane.push(this.#lane("consumer", () => false));
    this.processed.time.push(this.#clock.now());
    this.processed.value.push(value);
    this.processed.latency.push(latency);
  }

  #addSlice(lane: number, start: number, end: number, next: Next): void {
    const { slices } = this;
    slices.lane.push(lane);
    slices.start.push(start);
    slices.end.push(end);
    slices.next.push(next);
  }

  /**
   * The lane of what runs now. A program without tasks has one for each role, and where a producer counts
   * from 1 again, a new one.
   */
  #lane(role: Role, isNew: () => boolean): number {
    const task = currentLoop()?.current;
    if (task) {
      const lane = this.#laneOfTask(task);
      this.lanes[lane].role = role;
      return lane;
    }
    const at = this.lanes.findLastIndex((lane) => lane.role === role);
    if (at >= 0 && !isNew()) return this.#outside = at;
    const count = this.lanes.filter((lane) => lane.role === role).length + 1;
    return this.#outside = this.#addLane(count === 1 ? role : `${role} (${count})`, role);
  }

  #laneOfTask(task: Task): number {
    let lane = this.#laneOf.get(task);
    if (lane === undefined) this.#laneOf.set(task, lane = this.#addLane(task.name, "other"));
    return lane;
  }

  #addLane(name: string, role: Role): number {
    return this.lanes.push({ name, role }) - 1;
  }
}
