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
import { expect, expectSame, Finding, refused, said } from "./expect.ts";

/** The schedule of a try: which numbers are drawn, and which of the tasks that are ready goes next. */
export interface Schedule {
  /** The seed of `random()`. */
  seed: number;
  /** The seed of the order in which ready tasks run; 0 for first come, first served. */
  order: number;
}

/** An item as the notebooks have it. */
export type Item = [value: number, time: number];

/** A thing that a learner wrote, or what it gave: nothing is known of it. */
// deno-lint-ignore no-explicit-any
type Unknown = any;

/** A learner's answer, by its names, and the numbers of a case, by theirs. */
export type Named = Record<string, Unknown>;

/** A call, to be run as a task. */
export type Call = [fn: TaskFunction<unknown[], unknown>, ...args: unknown[]];

/** A task of ours beside the answer's, by a name that no bundler changes: "our producer". */
export function ours(name: string, fn: Call[0]): Call {
  return [Object.defineProperty(fn, "name", { value: `our ${name}` })];
}

/** A task of ours that does something at each of some times, in seconds. */
export const atTimes = (name: string, times: number[], step: (i: number) => unknown): Call =>
  ours(name, async () => {
    for (const [i, time] of times.entries()) {
      await sleep(Math.max(0, time - now()));
      await step(i + 1);
    }
  });

/** Waits for a number of seconds, on the loop that is running, or else by the engine's timer. */
export const pause = (seconds: number): PromiseLike<void> =>
  currentLoop() ? sleep(seconds) : new Promise((done) => setTimeout(done, 1000 * seconds));

/** The numbers from 1 to `last`. */
export const numbersTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

/** Permissions that a program has and others have not. */
interface Program {
  /** True if it is one of plain promises, or has a loop of its own: no order of ready tasks is tried. */
  plain?: boolean;
  /** True if it may block the thread. */
  mayBlock?: boolean;
  /** True if it may leave calls without an `await`. */
  mayForget?: boolean;
}

/** Something that an answer did, or a task of ours beside it. Times are in seconds. */
export interface Event {
  what: "generated" | "processed" | "sleep" | "end" | "put" | "got";
  time: number;
  /** The name of the task that did it. */
  task: string | undefined;
  value?: Unknown;
  latency?: number;
}

/** The most that an answer may do: calls and lines in a slice, and slices. No right one comes near. */
const MOST = { calls: 10_000, slices: 10_000 };

/** Runs an answer once, in an experiment that nobody sees, and writes down what it does. */
export class Stage implements ItemInstrument {
  readonly execution: Execution;
  readonly events: Event[] = [];
  /** A queue for the answer. */
  readonly data: Queue<Item>;
  /** The number of items in queues, and the most that were at once. */
  left = 0;
  most = 0;
  /** The program that was run, if any. */
  program?: Program;
  #blocked = 0; // seconds, by tasks of the answer
  #calls = 0;
  #slices = 0;

  /** @param numbers of the case: the limit of the queue, and what `random()` always gives, may be among them */
  constructor(readonly schedule: Schedule, readonly numbers: Named = {}) {
    const { seed, order } = schedule;
    this.data = new Queue(numbers.limit);
    const facts = { name: "check", speed: Infinity, seed };
    this.execution = new Execution(facts, [this], this.randoms(), shuffled(order));
  }

  /** Returns a function that draws the numbers of the answer's `random()`, from the first. */
  randoms(): () => number {
    const { random } = this.numbers;
    return random === undefined ? seeded(this.schedule.seed) : () => random;
  }

  /** Seconds that it took. */
  get total(): number {
    return this.execution.clock.now();
  }

  /** Runs a program, and expects that it comes to its end without blocking the thread. Returns what it gives. */
  async run(main: () => unknown, program: Program = {}): Promise<Unknown> {
    this.program = program;
    await this.execution.execute(main, program.plain);
    const { error, result } = this.execution;
    if (error instanceof Finding) throw error;
    expect(error === undefined, "it comes to its end", said(error), this.#wayOut(error));
    const blocked = program.mayBlock ? 0 : this.#blocked;
    const way = "sleepSync stops every task, sleep only the one that awaits it";
    expectSame(blocked, 0, "no task blocks the thread", "it was blocked for # s", way);
    return result;
  }

  /** Runs on a loop the calls that `start` returns, as tasks, in the same way. Returns their results. */
  onLoop(start: (loop: EventLoop) => Call[], program?: Program): Promise<Unknown[]> {
    return this.run(() => {
      const loop = new EventLoop();
      const tasks = start(loop).map(([fn, ...args]) => loop.createTask(fn, ...args));
      return loop.runUntilComplete(gather(...tasks));
    }, program);
  }

  /** Runs a program of plain promises in the same way. */
  runPlain(main: () => unknown): Promise<Unknown> {
    return this.run(main, { plain: true });
  }

  /** Words on how to mend what ended a program, if they are known. */
  #wayOut(error: unknown): string | undefined {
    if (wordsOf(error).includes("one is running already")) {
      return "the loop runs this function already: await gather(…) here, without runUntilComplete";
    }
    const { generated } = this.execution.run;
    const wanted = this.numbers.producers * this.numbers.items;
    if (!(error instanceof DeadlockError) || generated !== wanted) return undefined;
    const all = wanted === 1 ? "the one item was" : `all ${wanted} items were`;
    const elsewhere = "what is left is in a queue from which no consumer takes";
    return `${all} put in: ${this.left > 0 ? elsewhere : "the consumers ask for more than there are"}`;
  }

  /** The events of one kind, in order. */
  of(what: Event["what"]): Event[] {
    return this.events.filter((event) => event.what === what);
  }

  /** Writes down an event of the task that is running. */
  note(what: Event["what"], value?: unknown, latency?: number): void {
    this.events.push({ what, value, latency, time: this.total, task: currentLoop()?.current?.name });
  }

  /**
   * Returns what loads a page, given by its number from 1, in so many seconds, or in one. Those that are among `fails` fail.
   */
  loader(seconds: number[], fails: unknown[] = []) {
    return async (page: unknown) => {
      this.note("put", page);
      this.queueChanged(1); // a page under way is among those that `most` counts
      await pause(seconds[Number(page) - 1] ?? 1);
      this.queueChanged(-1);
      if (fails.includes(page)) throw refused(page);
      this.note("got", page);
      return `page ${page}`;
    };
  }

  /** Ends the run, whatever a `catch` of the answer does with the error. Returns the error. */
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
    if (kind === "sleep") this.note(kind);
    this.countCall();
  }

  sliceEnded({ name }: Task, start: number, end: number): void {
    if (!name.startsWith("our ")) this.#blocked += end - start;
    this.#calls = 0;
    if (++this.#slices <= MOST.slices) return;
    const often = `${name} comes back again and again, ${MOST.slices} times until ${seconds(end, 2)}`;
    this.end(`${often}: does it ask, instead of waiting?`);
  }

  /** Counts a call of the loop or of a queue, or a line that is printed. */
  countCall(): void {
    if (++this.#calls <= MOST.calls) return;
    throw this.end("it never gives way: a loop without an await that waits keeps the thread for itself");
  }
}

/** A case: the numbers with which an answer is tried, and perhaps what is due then, which is not told. */
type Case = (number | number[] | string | undefined)[];

/** Runs on a stage what is given: an answer and the numbers of a case. Expects what must hold then. */
type Attempt = (given: Named, stage: Stage) => unknown;

/** What is to be written, by names, each with its type; and the names of the numbers of its cases. */
export type Exercise = { needs: string[][]; names: string[]; cases: Case[]; attempt: Attempt };

/** The exercises by their numbers in the notebooks. */
export const exercises = new Map<string, Exercise>();

/**
 * Adds an exercise.
 *
 * @param calls the names of what is to be written, with those of the numbers, "main(producers, items)"; or else with the
 * type of each, "lines:object". What is due is called "due".
 * @param cases the smallest first
 */
export function exercise(number: string, calls: string, cases: Case[], attempt: Attempt): void {
  const [parts, names = ""] = calls.split(/[()]/);
  const needs = parts.split(" ").map((need) => need.split(":"));
  exercises.set(number, { needs, names: names.split(", "), cases, attempt });
}

/** Adds an exercise of questions, each answered with `true` or `false`; there is a word on why for each. */
export function choices(number: string, name: string, due: Record<string, [isTrue: boolean, why: string]>) {
  exercise(number, `${name}:object`, [[]], ({ [name]: given }) => {
    for (const [question, [isTrue, why]] of Object.entries(due)) {
      const is = given[question];
      expect(is === isTrue, `another answer for ${question}`, `yours is ${is}`, why);
    }
  });
}
