import { DeadlockError, LessonError, wordsOf } from "../errors.ts";
import { Execution, now } from "../execution.ts";
import { gather } from "../gather.ts";
import { currentLoop, EventLoop, type Future, type Task, type TaskFunction } from "../loop.ts";
import { Queue } from "../queue.ts";
import { seeded } from "../random.ts";
import { shuffled } from "../shuffled_queue.ts";
import { sleep } from "../sleep.ts";
import type { ItemInstrument } from "../trace.ts";
import { seconds } from "../words.ts";
import { expect, expectSame, faultOf, jsonOf, refused } from "./expect.ts";

/** The seeds of a try: that of `random()`, and that of the order of ready tasks, where 0 is first come, first served. */
export type Schedule = { seed: number; order: number };

/** An item as in the notebooks. */
export type Item = [value: number, time: number];

/** Something that a learner wrote, or that it returned: nothing is known about it. */
// deno-lint-ignore no-explicit-any
type Unknown = any;

/** The parts of a learner's answer and the numbers of a case, by name. */
export type Named = Record<string, Unknown>;

/** A function and its arguments, to be run as a task. */
export type Call = [fn: TaskFunction<unknown[], unknown>, ...args: unknown[]];

/** A task of ours beside the answer's, with a name that no bundler changes: "our producer". */
export function ours(name: string, fn: Call[0]): Call {
  return [Object.defineProperty(fn, "name", { value: `our ${name}` })];
}

/** A task of ours that takes a step at each of `times`, in seconds. */
export const atTimes = (name: string, times: number[], step: (i: number) => unknown): Call =>
  ours(name, async () => {
    for (const [i, time] of times.entries()) {
      await sleep(Math.max(0, time - now()));
      await step(i + 1);
    }
  });

/** Waits for `seconds`: on the running loop or, if there is none, with the engine's timer. */
export const pause = (seconds: number): PromiseLike<void> =>
  currentLoop() ? sleep(seconds) : new Promise((done) => setTimeout(done, 1000 * seconds));

/** The numbers from 1 to `last`. */
export const numbersTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

/**
 * Settings of a program.
 *
 * - `plain`: it uses plain promises or a loop of its own, so no other orders of ready tasks are tried
 * - `mayBlock`: it may block the thread
 * - `mayForget`: it may leave calls without an `await`
 * - `stuck`: a hint if it can never end
 */
type Program = { plain?: boolean; mayBlock?: boolean; mayForget?: boolean; stuck?: string };

/** The kind of an event. */
export type What = "generated" | "processed" | "sleep" | "acquire" | "delivered" | "end" | "put" | "got";

/** Something that an answer or a task of ours did, with the name of the task. Times are in seconds. */
type Event = { what: What; time: number; task?: string; value?: Unknown; latency?: number };

/** The most calls and printed lines in a slice, and the most slices. No right answer comes near. */
const MOST = { calls: 10_000, slices: 10_000 };

/** Hints on errors, by words in them. */
const WAYS_OUT: Record<string, string> = {
  "one is running already": "this runs on the loop already: await gather(…) here, without runUntilComplete",
  "is not iterable": "only a list can be taken apart: is an await missing, or the brackets of a call?",
  TimeoutError: "timeout(…) throws when the time is over: catch that",
};

/** Runs an answer once, in an experiment that is not shown, and records what it does. */
export class Stage implements ItemInstrument {
  readonly execution: Execution;
  readonly events: Event[] = [];
  /** A queue for the answer. */
  readonly data: Queue<Item>;
  /** The number of items in queues, and the most at any time. */
  left = 0;
  most = 0;
  /** The settings of the program that was run, if any. */
  program?: Program;
  #blocked = 0; // seconds, by tasks of the answer
  #calls = 0;
  #slices = 0;

  /** @param numbers of the case. `limit` is that of the queue; `random` is what `random()` always returns. */
  constructor(readonly schedule: Schedule, readonly numbers: Named = {}) {
    const { seed, order } = schedule;
    this.data = new Queue(numbers.limit);
    const facts = { name: "check", speed: Infinity, seed };
    this.execution = new Execution(facts, [this], this.randoms(), shuffled(order));
  }

  /** Returns a function that draws the same numbers as the answer's `random()`. */
  randoms(): () => number {
    const { random } = this.numbers;
    return random === undefined ? seeded(this.schedule.seed) : () => random;
  }

  /** The time that it took, in seconds. */
  get total(): number {
    return this.execution.clock.now();
  }

  /** Warnings about the run, in which our own tasks are not named. */
  get warnings(): string[] {
    if (this.program?.mayForget) return [];
    return this.execution.warnings.map((warning) => warning.replace(/ in our \w+/, ""));
  }

  /** Runs a program, and expects it to come to its end without blocking the thread. Returns its result. */
  async run(main: () => unknown, program: Program = {}): Promise<Unknown> {
    this.program = program;
    await this.execution.execute(main, program.plain);
    const { error, result } = this.execution;
    if (error !== undefined) throw faultOf(error, this.#wayOut(error));
    const blocked = program.mayBlock ? 0 : this.#blocked;
    const way = "sleepSync stops every task, sleep only the one that awaits it";
    expectSame(blocked, 0, "no task blocks the thread", "it was blocked for # s", way);
    return result;
  }

  /** Runs the calls that `start` returns as tasks on a loop, with the same expectations. Returns their results. */
  onLoop(start: (loop: EventLoop) => Call[], program?: Program): Promise<Unknown[]> {
    return this.run(() => {
      const loop = new EventLoop();
      const tasks = start(loop).map(([fn, ...args]) => loop.createTask(fn, ...args));
      return loop.runUntilComplete(gather(...tasks));
    }, program);
  }

  /** Runs a program of plain promises, with the same expectations. */
  runPlain(main: () => unknown): Promise<Unknown> {
    return this.run(main, { plain: true });
  }

  #wayOut(error: unknown): string | undefined {
    const words = Object.keys(WAYS_OUT).find((words) => wordsOf(error).includes(words));
    if (words) return WAYS_OUT[words];
    if (!(error instanceof DeadlockError)) return undefined;
    const wanted = this.numbers.producers * this.numbers.items;
    if (this.execution.run.generated !== wanted) return this.program?.stuck;
    const all = wanted === 1 ? "the one item was" : `all ${wanted} items were`;
    const elsewhere = "what is left is in a queue from which no consumer takes";
    return `${all} put in: ${this.left > 0 ? elsewhere : "the consumers ask for more than there are"}`;
  }

  /** Returns the events of one kind, in order. */
  of(what: What): Event[] {
    return this.events.filter((event) => event.what === what);
  }

  /** Records an event of the running task. */
  note(what: What, value?: unknown, latency?: number): void {
    this.events.push({ what, value, latency, time: this.total, task: currentLoop()?.current?.name });
  }

  /**
   * Returns a function that loads a page, given its number.
   *
   * @param seconds the time that each page takes, from page 1; 1 s where there is none
   * @param fails the pages that are refused
   */
  loader(seconds: number[], fails: unknown[] = []) {
    return async (page: unknown) => {
      this.note("put", page);
      this.queueChanged(1); // `most` counts the pages under way
      await pause(seconds[Number(page) - 1] ?? 1);
      this.queueChanged(-1);
      if (fails.includes(page)) throw refused(page);
      this.note("got", page);
      return `page ${page}`;
    };
  }

  /** Ends the run, even if the answer catches the error. Returns the error. */
  end(reason: string): LessonError {
    const error = new LessonError(reason);
    this.execution.end(error);
    return error;
  }

  readonly itemGenerated = (value: unknown) => this.note("generated", value);

  readonly itemProcessed = (value: unknown, latency: number) => this.note("processed", value, latency);

  readonly taskDone = () => this.note("end");

  queueChanged(change: number): void {
    this.left += change;
    this.most = Math.max(this.most, this.left);
    this.countCall();
  }

  awaitableCreated({ kind }: Future<unknown>): void {
    if (kind === "sleep" || kind === "acquire") this.note(kind);
    this.countCall();
  }

  sliceEnded({ name }: Task, start: number, end: number): void {
    if (!name.startsWith("our ")) this.#blocked += end - start;
    this.#calls = 0;
    if (++this.#slices <= MOST.slices) return;
    const often = `${name} was resumed ${MOST.slices} times by ${seconds(end, 2)}`;
    this.end(`${often}: does it ask again and again, instead of waiting?`);
  }

  /** Counts a call of the loop or of a queue, or a printed line. */
  countCall(): void {
    if (++this.#calls <= MOST.calls) return;
    throw this.end("it never gives way: a loop without an await that waits keeps the thread for itself");
  }
}

/** The numbers with which an answer is tried; `due`, the result, is among them if it is not computed. */
type Case = (number | number[] | string | undefined)[];

/** Runs an answer with the numbers of a case on a stage, and expects what must hold. */
type Attempt = (given: Named, stage: Stage) => unknown;

/** The names of the parts to be written, each with its type if that is not "function"; the names of a case's numbers. */
type Exercise = { needs: string[][]; names: string[]; cases: Case[]; attempt: Attempt };

/** The exercises, by their numbers in the notebooks. */
export const exercises = new Map<string, Exercise>();

/**
 * Adds an exercise.
 *
 * @param calls the functions to be written, and the names of a case's numbers: "main(producers, items)". A part that is no
 * function has its type: "lines:object". A number called "due" is a result, which the learner is not told.
 * @param cases the smallest first: a learner sees the first that fails
 */
export function exercise(number: string, calls: string, cases: Case[], attempt: Attempt): void {
  const [parts, names = ""] = calls.split(/[()]/);
  const needs = parts.split(" ").map((need) => need.split(":"));
  exercises.set(number, { needs, names: names.split(", "), cases, attempt });
}

/** Adds an exercise of questions, each to be answered with `true` or `false`, with the reason for the answer. */
export function choices(number: string, name: string, due: Record<string, [isTrue: boolean, why: string]>) {
  exercise(number, `${name}:object`, [[]], ({ [name]: given }) => {
    for (const [question, [isTrue, why]] of Object.entries(due)) {
      const is = given[question];
      expect(is === isTrue, `another answer for ${question}`, `yours is ${jsonOf(is)}`, why);
    }
  });
}
